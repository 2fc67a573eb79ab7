using System.Numerics;
using Ivim.Imaging.Denoising;
using Ivim.Physics;

namespace Ivim.Imaging.Tests.Denoising;

/// <summary>
/// A scan of a series as a scanner makes it: complex images with a smooth phase, a central part of k-space with white
/// noise, zero-filled to the given matrix, magnitude.
/// </summary>
internal static class KSpaceAcquisition
{
    /// <param name="sigma">Standard deviation of the real and the imaginary part of a voxel of the result.</param>
    public static SliceBlock Of(SliceBlock truth, int native, double sigma, ulong seed)
    {
        int size = truth.Whole.Width;
        var crop = Kernel(size, native);
        var voxels = new float[truth.Voxels.Length];
        Parallel.For(0, truth.Slices * truth.Whole.Volumes, image =>
        {
            var part = truth.Voxels.AsSpan(image * size * size, size * size);
            var complex = new Complex[size, size];
            for (int y = 0; y < size; y++)
            {
                for (int x = 0; x < size; x++)
                {
                    double u = 2.0 * x / size - 1, v = 2.0 * y / size - 1;
                    complex[y, x] = part[y * size + x] * Complex.FromPolarCoordinates(1, u + v * v);
                }
            }
            var acquired = Apply(crop, complex, 1.0 / size);
            var stream = new RandomStream(seed, (ulong)image);
            for (int i = 0; i < native * native; i++)
            {
                acquired[i / native, i % native] += sigma * new Complex(
                    stream.Gaussian((ulong)(2 * i)), stream.Gaussian((ulong)(2 * i + 1)));
            }
            var filled = Apply(Adjoint(crop), acquired, 1.0 / native);
            for (int i = 0; i < size * size; i++)
                voxels[image * size * size + i] = (float)filled[i / size, i % size].Magnitude;
        });
        return new SliceBlock(truth.Whole, 0, truth.Slices, voxels);
    }

    /// <summary>[native, given]: Σ over frequencies -native/2 to native/2 - 1.</summary>
    private static Complex[,] Kernel(int given, int native)
    {
        var kernel = new Complex[native, given];
        for (int j = 0; j < native; j++)
        {
            for (int i = 0; i < given; i++)
            {
                for (int k = -(native / 2); k < native - native / 2; k++)
                    kernel[j, i] += Complex.FromPolarCoordinates(1,
                        2 * Math.PI * k * ((double)j / native - (double)i / given));
            }
        }
        return kernel;
    }

    private static Complex[,] Adjoint(Complex[,] kernel)
    {
        var adjoint = new Complex[kernel.GetLength(1), kernel.GetLength(0)];
        for (int i = 0; i < kernel.Length; i++)
        {
            int row = i / kernel.GetLength(1), column = i % kernel.GetLength(1);
            adjoint[column, row] = Complex.Conjugate(kernel[row, column]);
        }
        return adjoint;
    }

    /// <summary>kernel · image · kernelᵀ, each with the scale.</summary>
    private static Complex[,] Apply(Complex[,] kernel, Complex[,] image, double scale) =>
        Multiply(kernel, Transposed(Multiply(kernel, Transposed(image), scale)), scale);

    private static Complex[,] Transposed(Complex[,] a)
    {
        var result = new Complex[a.GetLength(1), a.GetLength(0)];
        for (int i = 0; i < a.GetLength(0); i++)
        {
            for (int j = 0; j < a.GetLength(1); j++) result[j, i] = a[i, j];
        }
        return result;
    }

    private static Complex[,] Multiply(Complex[,] a, Complex[,] b, double scale)
    {
        var result = new Complex[a.GetLength(0), b.GetLength(1)];
        for (int i = 0; i < a.GetLength(0); i++)
        {
            for (int k = 0; k < a.GetLength(1); k++)
            {
                var factor = scale * a[i, k];
                for (int j = 0; j < b.GetLength(1); j++) result[i, j] += factor * b[k, j];
            }
        }
        return result;
    }
}
