using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.InteropServices;
using CsCheck;

namespace Ivim.Actors.Tests.Wire;

/// <summary>Generates any message out of the parameters of its constructor, so new fields are covered.</summary>
public static class RandomMessages
{
    private static readonly NullabilityInfoContext Nullability = new();

    private static readonly Gen<object> Text = Gen.OneOf(Gen.Const(""), Gen.Const("µm²/s → D*"),
        Gen.String.AlphaNumeric)
        .Select(text => (object)text);

    private static readonly Gen<object> Moment = Gen.Long[0, DateTimeOffset.MaxValue.UtcTicks]
        .Select(ticks => (object)new DateTimeOffset(ticks, TimeSpan.Zero));

    /// <summary>Any record, enumeration, primitive or immutable array of these.</summary>
    public static Gen<object> Of(Type type)
    {
        if (type == typeof(string)) return Text;
        if (type == typeof(int)) return Gen.Int.Select(number => (object)number);
        if (type == typeof(long)) return Gen.Long.Select(number => (object)number);
        if (type == typeof(bool)) return Gen.Bool.Select(flag => (object)flag);
        if (type == typeof(double)) return Gen.Double.Select(number => (object)number);
        if (type == typeof(DateTimeOffset)) return Moment;
        if (type == typeof(TimeSpan)) return Gen.Long.Select(ticks => (object)new TimeSpan(ticks));
        if (type == typeof(double?)) return Of(typeof(double));
        if (type.IsEnum) return OneOf([.. Enum.GetValues(type).Cast<object>()]);
        return type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>)
            ? ArrayOf(type.GetGenericArguments()[0])
            : RecordOf(type);
    }

    private static Gen<object> OneOf(object[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static readonly MethodInfo ToImmutable = typeof(ImmutableCollectionsMarshal)
        .GetMethod(nameof(ImmutableCollectionsMarshal.AsImmutableArray))!;

    private static Gen<object> ArrayOf(Type element) => Of(element).Array[0, 3].Select(items =>
    {
        var typed = Array.CreateInstance(element, items.Length);
        items.CopyTo(typed, 0);
        return ToImmutable.MakeGenericMethod(element).Invoke(null, [typed])!;
    });

    private static Gen<object> RecordOf(Type type)
    {
        var constructor = type.GetConstructors().MaxBy(candidate => candidate.GetParameters().Length)
            ?? throw new InvalidOperationException($"{type} cannot be generated");
        var start = Gen.Const(ImmutableList<object?>.Empty);
        return constructor.GetParameters()
            .Aggregate(start, (before, next) => Gen.Select(before, Parameter(next), (list, value) => list.Add(value)))
            .Select(arguments => constructor.Invoke([.. arguments]));
    }

    private static Gen<object?> Parameter(ParameterInfo parameter)
    {
        var present = Of(parameter.ParameterType).Select(value => (object?)value);
        bool ours = parameter.Member.DeclaringType?.IsGenericType == false;
        bool optional = ours && Nullability.Create(parameter).ReadState == NullabilityState.Nullable;
        return optional ? Gen.OneOf(present, Gen.Const((object?)null)) : present;
    }
}
