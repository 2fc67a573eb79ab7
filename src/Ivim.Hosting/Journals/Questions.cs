using System.Data.Common;

namespace Ivim.Hosting.Journals;

/// <summary>SQL with its parameters apart from the text.</summary>
internal static class Questions
{
    /// <param name="text">Made of constants; what comes from elsewhere is a parameter.</param>
    /// <param name="values">By name, without the `@` that the text has.</param>
    public static DbCommand Asking(
        this DbConnection connection, string text, params (string Name, object Value)[] values)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Only constants come here.
        command.CommandText = text;
#pragma warning restore CA2100
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ("@" + name, value);
            command.Parameters.Add(parameter);
        }
        return command;
    }
}
