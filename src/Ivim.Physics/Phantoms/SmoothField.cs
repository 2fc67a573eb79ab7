namespace Ivim.Physics.Phantoms;

/// <summary>A smooth random function of position with values in [−1, 1]: three plane waves of low frequency.</summary>
internal readonly struct SmoothField
{
    private const int Waves = 3;
    private const double InPlaneCycles = 0.8;     // at most 1.6 periods across the volume
    private const double AcrossSliceCycles = 0.4;

    private readonly double[] _waves;   // [Waves, 4]: frequency along x, y, z and phase, radians

    public SmoothField(RandomStream stream)
    {
        _waves = new double[4 * Waves];
        for (int wave = 0; wave < Waves; wave++)
        {
            ulong draw = 4 * (ulong)wave;
            _waves[4 * wave] = 2 * Math.PI * stream.Uniform(draw, -InPlaneCycles, InPlaneCycles);
            _waves[4 * wave + 1] = 2 * Math.PI * stream.Uniform(draw + 1, -InPlaneCycles, InPlaneCycles);
            _waves[4 * wave + 2] = 2 * Math.PI * stream.Uniform(draw + 2, -AcrossSliceCycles, AcrossSliceCycles);
            _waves[4 * wave + 3] = 2 * Math.PI * stream.Uniform(draw + 3);
        }
    }

    /// <summary>The value at a point of the cube from −1 to 1.</summary>
    public double At(double x, double y, double z)
    {
        double sum = 0;
        for (int i = 0; i < _waves.Length; i += 4)
            sum += Math.Cos(_waves[i] * x + _waves[i + 1] * y + _waves[i + 2] * z + _waves[i + 3]);
        return sum / Waves;
    }
}
