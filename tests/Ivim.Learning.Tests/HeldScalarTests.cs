using System.Reflection;
using TorchSharp;

namespace Ivim.Learning.Tests;

public class HeldScalarTests
{
    private static readonly string[] MakeAScalarInside =
        ["square", "ToDouble", "ToSingle", "ToInt32", "ToInt64", "ToBoolean", "softplus", "celu", "item"];

    [Fact]
    public void No_call_in_this_room_leaves_a_number_to_the_finalizer()
    {
        string[] found = [.. CallsInto(typeof(torch).Assembly).Where(LeavesANumber)
            .Select(method => $"{method.DeclaringType}: {method}")];
        Assert.Empty(found);
    }

    [Fact]
    public void A_training_under_constant_collection_gives_the_same_bits()
    {
        var quiet = Trainings.Train();
        using var done = new ManualResetEventSlim();
        var collector = new Thread(() =>
        {
            while (!done.IsSet)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
        });
        collector.Start();
        try
        {
            Trainings.SameBits(quiet, Trainings.Train());
        }
        finally
        {
            done.Set();
            collector.Join();
        }
    }

    private static bool LeavesANumber(MethodBase method)
    {
        var parameters = method.GetParameters().Select(parameter => parameter.ParameterType).ToArray();
        return (method.Name, method.DeclaringType!.Name) switch
        {
            ("op_Implicit", nameof(Scalar)) => true,
            ("op_Addition", _) => true,
            ("op_Multiply" or "op_Subtraction" or "op_Division" or "op_Modulus", _) =>
                parameters.Any(type => type.IsPrimitive),
            ("add" or "add_" or "elu" or "elu_", "Tensor") => parameters.Length == 1,
            ("addcdiv" or "addcdiv_", "Tensor") => parameters.Length == 2,
            ("ToScalar", "TensorExtensionMethods" or "Tensor") => true,
            ("elu" or "hardtanh" or "leaky_relu" or "threshold", "functional") => true,
            var (name, _) => MakeAScalarInside.Contains(name),
        };
    }

    /// <summary>
    /// The methods of another assembly that this room refers to: rows of the MemberRef table, one after the other.
    /// </summary>
    private static IEnumerable<MethodBase> CallsInto(Assembly other)
    {
        var module = typeof(IvimNet).Module;
        for (int row = 1; ; row++)
        {
            MemberInfo? member;
            try
            {
                member = module.ResolveMember(0x0A000000 | row, [], []);
            }
            catch (ArgumentOutOfRangeException)
            {
                yield break;
            }
            catch (Exception unresolved) when (unresolved is ArgumentException or BadImageFormatException)
            {
                continue;     // a member of a generic type that needs its context; TorchSharp's tensors are not generic
            }
            if (member is MethodBase method && method.DeclaringType?.Assembly == other) yield return method;
        }
    }
}
