using System.Runtime.Intrinsics;

namespace Ivim.Physics.Fits;

/// <summary>
/// All descents of a block, from every start, advanced a few steps at a time with the finished ones taken out.
/// </summary>
/// <remarks>
/// Descents need 5 to 100 steps; regrouping keeps quick ones from waiting for slow ones. A descent's state is all it
/// carries from one round to the next, so that its companions never change its bits.
/// </remarks>
internal sealed class DescentPool
{
    private const int StepsARound = 6;
    private const int Rounds = 20;

    private readonly SignalBlock _block;
    private readonly double[] _d, _f, _dStar, _s0, _damping, _cost;   // [starts, padded voxels]
    private readonly bool[] _done;

    public DescentPool(SignalBlock block, int starts)
    {
        _block = block;
        int descents = starts * block.PaddedVoxels;
        (_d, _f, _dStar) = (new double[descents], new double[descents], new double[descents]);
        (_s0, _damping, _cost) = (new double[descents], new double[descents], new double[descents]);
        _done = new bool[descents];
    }

    /// <summary>Starts four neighbouring voxels from a point of the unit cube.</summary>
    public void Start(int start, int firstLane, in FourVectors point)
    {
        int at = start * _block.PaddedVoxels + firstLane;
        point.X0.CopyTo(_d, at);
        point.X1.CopyTo(_f, at);
        point.X2.CopyTo(_dStar, at);
        point.X3.CopyTo(_s0, at);
        Vector256.Create(LevenbergMarquardt.FirstDamping).CopyTo(_damping, at);
    }

    public void Run(in LevenbergMarquardt solver)
    {
        var active = Enumerable.Range(0, _d.Length).ToArray();
        var y = new Vector256<double>[_block.BValues];
        Span<int> group = stackalloc int[SignalBlock.Lanes];
        for (int round = 0; round < Rounds && active.Length > 0; round++)
        {
            for (int first = 0; first < active.Length; first += group.Length)
            {
                for (int lane = 0; lane < group.Length; lane++)
                    group[lane] = active[Math.Min(first + lane, active.Length - 1)];
                Advance(solver, group, y);
            }
            active = Array.FindAll(active, descent => !_done[descent]);
        }
    }

    /// <summary>The deepest end among the starts, for four neighbouring voxels; the earlier start wins a tie.</summary>
    public FourVectors Best(int firstLane)
    {
        var best = Load(firstLane);
        var lowest = Vector256.Create(_cost, firstLane);
        for (int at = firstLane + _block.PaddedVoxels; at < _cost.Length; at += _block.PaddedVoxels)
        {
            var cost = Vector256.Create(_cost, at);
            var lower = Vector256.LessThan(cost, lowest);
            lowest = Vector256.ConditionalSelect(lower, cost, lowest);
            var other = Load(at);
            best = new FourVectors(
                Vector256.ConditionalSelect(lower, other.X0, best.X0),
                Vector256.ConditionalSelect(lower, other.X1, best.X1),
                Vector256.ConditionalSelect(lower, other.X2, best.X2),
                Vector256.ConditionalSelect(lower, other.X3, best.X3));
        }
        return best;
    }

    private FourVectors Load(int at) => new(
        Vector256.Create(_d, at), Vector256.Create(_f, at), Vector256.Create(_dStar, at), Vector256.Create(_s0, at));

    private void Advance(in LevenbergMarquardt solver, ReadOnlySpan<int> group, Vector256<double>[] y)
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = Vector256.Create(
                _block.Signal(i, group[0] % _block.PaddedVoxels), _block.Signal(i, group[1] % _block.PaddedVoxels),
                _block.Signal(i, group[2] % _block.PaddedVoxels), _block.Signal(i, group[3] % _block.PaddedVoxels));
        }
        var state = new LaneState
        {
            Point = new FourVectors(Gather(_d, group), Gather(_f, group), Gather(_dStar, group), Gather(_s0, group)),
            Damping = Gather(_damping, group),
        };
        solver.Advance(y, ref state, StepsARound);
        for (int lane = 0; lane < group.Length; lane++)
        {
            int descent = group[lane];
            (_d[descent], _f[descent]) = (state.Point.X0[lane], state.Point.X1[lane]);
            (_dStar[descent], _s0[descent]) = (state.Point.X2[lane], state.Point.X3[lane]);
            (_damping[descent], _cost[descent]) = (state.Damping[lane], state.Cost[lane]);
            _done[descent] = double.IsNegative(state.Done[lane]);   // a set mask has its sign bit set
        }
    }

    private static Vector256<double> Gather(double[] values, ReadOnlySpan<int> group) =>
        Vector256.Create(values[group[0]], values[group[1]], values[group[2]], values[group[3]]);
}
