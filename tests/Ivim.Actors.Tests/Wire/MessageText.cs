using System.Text.Json;

namespace Ivim.Actors.Tests.Wire;

/// <summary>Compares messages by content: records hold immutable arrays, which are equal only by reference.</summary>
public static class MessageText
{
    public static string Of(object message) =>
        message.GetType().Name + JsonSerializer.Serialize(message, message.GetType());
}
