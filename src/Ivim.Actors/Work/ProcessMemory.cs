namespace Ivim.Actors.Work;

/// <summary>How much of the memory that it may use this process uses.</summary>
internal static class ProcessMemory
{
    /// <summary>0 to 1; the limit is that of the control group, or of the machine.</summary>
    public static double Share()
    {
        long limit = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        return limit <= 0 ? 0 : Math.Min(1, (double)Environment.WorkingSet / limit);
    }
}
