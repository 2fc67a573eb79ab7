namespace Ivim.Physics.Bayes;

/// <summary>A loop whose items share nothing, on one thread or several.</summary>
internal static class Parallelism
{
    public static void For(int count, int threads, Action<int> work)
    {
        if (threads == 1 || count < 2)
        {
            for (int item = 0; item < count; item++) work(item);
            return;
        }
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads }, work);
    }
}
