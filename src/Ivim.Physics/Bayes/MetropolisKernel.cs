using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Ivim.Physics.Bayes;

/// <summary>One sweep of a chain over a block: D, f and D* of every voxel in turn, eight voxels at once.</summary>
/// <remarks>
/// Random-walk Metropolis (Metropolis et al., J Chem Phys 21 (1953) 1087) with normal proposals in θ. D* ≤ D is always
/// rejected, as in Orton's program.
/// </remarks>
internal sealed class MetropolisKernel(
    SignalLanes signals, ThetaLimits limits, MarkovFieldOptions? field, NeighbourTable? neighbours)
{
    private const int StackBValues = 128;
    private const float SmallestWeight = 1e-6f;   // where the relative weighting would divide by 0

    private readonly float _inverseTau = field is null ? 0 : (float)(1 / field.Tau);
    private readonly bool _isRelative = field?.Weighting == FieldWeighting.Relative;
    private readonly int _curve = signals.BValues * FloatLanes.Count;

    public void Sweep(Chain chain, SlotBlock block, ReadOnlySpan<int> voxelOf, uint sweep)
    {
        Span<float> scratch = signals.BValues <= StackBValues
            ? stackalloc float[2 * StackBValues * FloatLanes.Count] : new float[2 * _curve];
        ref float candidate = ref MemoryMarshal.GetReference(scratch);
        ref float model = ref Unsafe.Add(ref candidate, _curve);
        for (int slot = block.First; slot < block.First + block.Count; slot += FloatLanes.Count)
        {
            var voxels = Vector256.Create(voxelOf.Slice(slot, FloatLanes.Count)).AsUInt32();
            Update(chain, slot, voxels, sweep, ref candidate, ref model);
        }
    }

    /// <summary>Curves and likelihoods of a block from its θ.</summary>
    public void Refresh(Chain chain, SlotBlock block)
    {
        var model = new float[_curve];
        for (int slot = block.First; slot < block.First + block.Count; slot += FloatLanes.Count)
        {
            var walkers = Load(chain, slot);
            ref float slow = ref Curves(chain, slot);
            ref float fast = ref Unsafe.Add(ref slow, _curve);
            signals.WriteSlow(FloatLanes.Exp(walkers.LogD), ref slow);
            signals.WriteFast(FloatLanes.Exp(walkers.LogDStar), ref fast);
            signals.LogLikelihood(slot, Sigmoid(walkers.LogitF), ref slow, ref fast, ref model[0])
                .StoreUnsafe(ref chain.LogLikelihood[slot]);
        }
    }

    private void Update(
        Chain chain, int slot, Vector256<uint> voxels, uint sweep, ref float candidate, ref float model)
    {
        var steps = chain.Random.Words(voxels, sweep, 0);
        var chances = chain.Random.Words(voxels, sweep, 1);
        var (first, second) = FloatLanes.Normals(steps.W0, steps.W1);
        var (third, _) = FloatLanes.Normals(steps.W2, steps.W3);
        var walkers = Load(chain, slot);
        ref float slow = ref Curves(chain, slot);
        ref float fast = ref Unsafe.Add(ref slow, _curve);

        var f = Sigmoid(walkers.LogitF);
        var d = FloatLanes.StepFrom(walkers.LogD, first, ref chain.Step[0][slot]);
        signals.WriteSlow(FloatLanes.Exp(d), ref candidate);
        var move = new Move(0, walkers.LogD, d, Vector256.LessThan(d, walkers.LogDStar),
            signals.LogLikelihood(slot, f, ref candidate, ref fast, ref model), FloatLanes.Uniform(chances.W0));
        var accepted = Decide(chain, slot, walkers, move);
        walkers = walkers with { LogD = move.Settle(accepted), LogLikelihood = move.Likelihood(accepted, walkers) };
        Replace(ref slow, ref candidate, accepted);

        var logit = FloatLanes.StepFrom(walkers.LogitF, second, ref chain.Step[1][slot]);
        var proposedF = Sigmoid(logit);
        move = new Move(1, walkers.LogitF, logit, Vector256<float>.AllBitsSet,
            signals.LogLikelihood(slot, proposedF, ref slow, ref fast, ref model), FloatLanes.Uniform(chances.W1));
        accepted = Decide(chain, slot, walkers, move);
        walkers = walkers with { LogitF = move.Settle(accepted), LogLikelihood = move.Likelihood(accepted, walkers) };
        f = Vector256.ConditionalSelect(accepted, proposedF, f);

        var dStar = FloatLanes.StepFrom(walkers.LogDStar, third, ref chain.Step[2][slot]);
        signals.WriteFast(FloatLanes.Exp(dStar), ref candidate);
        move = new Move(2, walkers.LogDStar, dStar, Vector256.GreaterThan(dStar, walkers.LogD),
            signals.LogLikelihood(slot, f, ref slow, ref candidate, ref model), FloatLanes.Uniform(chances.W2));
        accepted = Decide(chain, slot, walkers, move);
        walkers = walkers with { LogDStar = move.Settle(accepted), LogLikelihood = move.Likelihood(accepted, walkers) };
        Replace(ref fast, ref candidate, accepted);
        Store(chain, slot, walkers);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<float> Decide(Chain chain, int slot, in Walkers walkers, in Move move)
    {
        var gain = move.LogLikelihood - walkers.LogLikelihood - PriorRise(chain.Prior, walkers, move);
        if (neighbours is not null) gain -= FieldRise(chain, slot, move);
        var allowed = move.Allowed
            & Vector256.GreaterThan(move.Proposal, Vector256.Create(limits.Lower[move.Parameter]))
            & Vector256.LessThan(move.Proposal, Vector256.Create(limits.Upper[move.Parameter]));
        var accepted = allowed & Vector256.LessThan(move.Chance, FloatLanes.Exp(gain));
        ref float count = ref chain.Accepted[move.Parameter][slot];
        (Vector256.LoadUnsafe(ref count) + (accepted & Vector256.Create(1f))).StoreUnsafe(ref count);
        return accepted;
    }

    // ½ of the change of (θ − μ)ᵀ Σ⁻¹ (θ − μ) when one parameter moves by δ: δ (Σ⁻¹ (θ − μ))_p + ½ δ² (Σ⁻¹)_pp
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> PriorRise(float[] prior, in Walkers walkers, in Move move)
    {
        int row = Chain.Parameters * (1 + move.Parameter);
        var pull = Vector256.Create(prior[row]) * (walkers.LogD - Vector256.Create(prior[0]));
        pull = Vector256.FusedMultiplyAdd(
            Vector256.Create(prior[row + 1]), walkers.LogitF - Vector256.Create(prior[1]), pull);
        pull = Vector256.FusedMultiplyAdd(
            Vector256.Create(prior[row + 2]), walkers.LogDStar - Vector256.Create(prior[2]), pull);
        var delta = move.Proposal - move.Current;
        var half = Vector256.Create(0.5f * prior[row + move.Parameter]);
        return delta * Vector256.FusedMultiplyAdd(half, delta, pull);
    }

    private Vector256<float> FieldRise(Chain chain, int slot, in Move move)
    {
        var change = neighbours!.Change(chain.Theta[move.Parameter], slot, move.Current, move.Proposal)
            * Vector256.Create(_inverseTau);
        return _isRelative
            ? change / Vector256.MaxNative(Vector256.Abs(move.Current), Vector256.Create(SmallestWeight)) : change;
    }

    private ref float Curves(Chain chain, int slot) =>
        ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(chain.Curves), 2 * signals.BValues * slot);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Replace(ref float curve, ref float candidate, Vector256<float> accepted)
    {
        for (int i = 0; i < _curve; i += FloatLanes.Count)
        {
            Vector256.ConditionalSelect(accepted, Vector256.LoadUnsafe(ref candidate, (nuint)i),
                Vector256.LoadUnsafe(ref curve, (nuint)i)).StoreUnsafe(ref curve, (nuint)i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Sigmoid(Vector256<float> logit) =>
        Vector256.Create(1f) / (Vector256.Create(1f) + FloatLanes.Exp(-logit));

    private static Walkers Load(Chain chain, int slot) => new(
        Vector256.LoadUnsafe(ref chain.Theta[0][slot]), Vector256.LoadUnsafe(ref chain.Theta[1][slot]),
        Vector256.LoadUnsafe(ref chain.Theta[2][slot]), Vector256.LoadUnsafe(ref chain.LogLikelihood[slot]));

    private static void Store(Chain chain, int slot, in Walkers walkers)
    {
        walkers.LogD.StoreUnsafe(ref chain.Theta[0][slot]);
        walkers.LogitF.StoreUnsafe(ref chain.Theta[1][slot]);
        walkers.LogDStar.StoreUnsafe(ref chain.Theta[2][slot]);
        walkers.LogLikelihood.StoreUnsafe(ref chain.LogLikelihood[slot]);
    }
}

/// <summary>θ and its likelihood of eight voxels.</summary>
internal readonly record struct Walkers(
    Vector256<float> LogD, Vector256<float> LogitF, Vector256<float> LogDStar, Vector256<float> LogLikelihood);

/// <summary>A proposal for one parameter of eight voxels.</summary>
internal readonly record struct Move(int Parameter, Vector256<float> Current, Vector256<float> Proposal,
    Vector256<float> Allowed, Vector256<float> LogLikelihood, Vector256<float> Chance)
{
    public Vector256<float> Settle(Vector256<float> accepted) =>
        Vector256.ConditionalSelect(accepted, Proposal, Current);

    public Vector256<float> Likelihood(Vector256<float> accepted, in Walkers walkers) =>
        Vector256.ConditionalSelect(accepted, LogLikelihood, walkers.LogLikelihood);
}
