namespace Ivim.Faults.Tests.Machine;

/// <summary>Values that must be there.</summary>
internal static class Present
{
    public static T Of<T>(T? value, string what)
        where T : class
    {
        Assert.True(value is not null, $"no {what}");
        return value!;
    }
}
