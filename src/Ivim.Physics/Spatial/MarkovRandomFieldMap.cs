namespace Ivim.Physics.Spatial;

/// <summary>The most probable maps under a normal prior and a Markov random field in plane (MRF-MAP).</summary>
/// <remarks>
/// Minimum over θ = (log D, logit f, log D*) of Σ_i [(N_b/2) log RSS_i + ½ (θ_i − μ)ᵀ Σ⁻¹ (θ_i − μ)]
/// + (1/τ) Σ_pairs √(d² + ε²): likelihood and prior of Orton et al., Magn Reson Med 71 (2014) 411, with the field of
/// Spinner, Federau and Kozerke (Med Image Anal 2021) in absolute weighting; the maximum in place of their posterior
/// median. Slices do not know each other, so that a slab's maps are those of the whole volume, bit for bit, given
/// the same prior.
/// </remarks>
public static class MarkovRandomFieldMap
{
    /// <param name="signals">S(b) relative to a reference signal near S0, [voxels, bvalues], finite, not all 0.</param>
    /// <param name="start">Where the descent begins, for example a least-squares fit.</param>
    /// <param name="prior">Of the whole study, see <see cref="ParameterPrior.Measure"/>.</param>
    /// <exception cref="ArgumentException">Lengths differ, or a signal is not finite.</exception>
    public static MarkovRandomFieldResult Fit(VoxelGrid grid, ReadOnlyMemory<float> signals, BValueTable table,
        SpatialMaps start, ParameterPrior prior, MarkovRandomFieldOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(prior);
        options ??= MarkovRandomFieldOptions.Default;
        options.Check();
        start.Check(grid.Voxels);
        if (signals.Length != grid.Voxels * table.Count)
            throw new ArgumentException("signals are not rows of the table", nameof(signals));
        SpatialValues.RequireFinite(signals.Span, "the signals");
        var maps = new SpatialMaps(
            new float[grid.Voxels], new float[grid.Voxels], new float[grid.Voxels], new float[grid.Voxels]);
        var steps = new int[grid.Depth];
        var converged = new bool[grid.Depth];
        var threads = new ParallelOptions
        {
            MaxDegreeOfParallelism = options.DegreeOfParallelism, CancellationToken = options.Cancellation,
        };
        var slices = new SliceVoxels(grid);
        Parallel.For(0, grid.Depth, threads, z =>
        {
            var voxels = slices.Of(z);
            var pairs = slices.Pairs(voxels, options.RadiusInPlane);
            var field = new SliceField(
                table, Turned(signals, voxels, table.Count), voxels.Length, pairs, prior, options);
            var bounds = options.Bounds.Transformed();
            var descent = new SliceDescent(field, bounds, options);
            var x = Begin(field, voxels, start, bounds);
            if (voxels.Length > 0) descent.Run(x);
            Write(maps, voxels, x, field.BestS0(x));
            (steps[z], converged[z]) = (descent.Steps, descent.HasConverged || voxels.Length == 0);
        });
        return new MarkovRandomFieldResult(maps, steps, converged);
    }

    private static double[] Turned(ReadOnlyMemory<float> signals, int[] voxels, int bValues)
    {
        int padded = SliceField.PaddedLength(voxels.Length);
        var turned = new double[bValues * padded];
        Array.Fill(turned, 1.0);
        for (int i = 0; i < voxels.Length; i++)
        {
            var row = signals.Span.Slice(voxels[i] * bValues, bValues);
            for (int b = 0; b < bValues; b++) turned[b * padded + i] = row[b];
        }
        return turned;
    }

    private static double[][] Begin(SliceField field, int[] voxels, SpatialMaps start, TransformedBounds bounds)
    {
        var x = field.Arrays(3);
        for (int i = 0; i < voxels.Length; i++)
        {
            x[0][i] = bounds.OfD(start.D[voxels[i]]);
            x[1][i] = bounds.OfF(start.F[voxels[i]]);
            x[2][i] = bounds.OfDStar(start.DStar[voxels[i]]);
        }
        return x;
    }

    private static void Write(SpatialMaps maps, int[] voxels, double[][] x, double[] s0)
    {
        for (int i = 0; i < voxels.Length; i++)
        {
            int voxel = voxels[i];
            maps.D[voxel] = (float)StableExponential.Of(x[0][i]);
            maps.F[voxel] = (float)(1 / (1 + StableExponential.Of(-x[1][i])));
            maps.DStar[voxel] = (float)StableExponential.Of(x[2][i]);
            maps.S0[voxel] = (float)s0[i];
        }
    }
}

/// <param name="Maps">The estimate.</param>
/// <param name="Steps">Steps that each slice took.</param>
/// <param name="HasConverged">Whether each slice met the tolerance.</param>
public sealed record MarkovRandomFieldResult(SpatialMaps Maps, int[] Steps, bool[] HasConverged);
