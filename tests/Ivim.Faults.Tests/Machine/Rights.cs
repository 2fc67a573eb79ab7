namespace Ivim.Faults.Tests.Machine;

/// <summary>What a machine allows; a fault that it does not allow is a visible skip.</summary>
internal static class Rights
{
    public static void NeedRoot(string what) => Skip.IfNot(Environment.IsPrivilegedProcess, $"{what} need root");

    public static void NeedProgram(string program, string package) =>
        Skip.IfNot(Command.IsInstalled(program), $"no {program} here: apt-get install {package}");
}
