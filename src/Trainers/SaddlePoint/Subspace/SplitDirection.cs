// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;

namespace MLNetExtensions.Trainers.SaddlePoint.Subspace;

/// <summary>A direction (p, q) that counts as two, (p, 0) and (0, q), each with its image under J.</summary>
internal sealed class SplitDirection(int primalSize, int dualSize)
{
    private const double Curvature = 1e-12;

    /// <summary>p, then q.</summary>
    public double[] Vector { get; } = new double[primalSize + dualSize];

    /// <summary>J (p, 0).</summary>
    public double[] PrimalImage { get; } = new double[primalSize + dualSize];

    /// <summary>J (0, q).</summary>
    public double[] DualImage { get; } = new double[primalSize + dualSize];

    public double PrimalNorm { get; private set; }

    public double DualNorm { get; private set; }

    /// <summary>How much longer J makes (p, 0).</summary>
    public double PrimalStretch => Stretch(PrimalImage, PrimalNorm);

    /// <summary>How much longer J makes (0, q).</summary>
    public double DualStretch => Stretch(DualImage, DualNorm);

    public bool IsZero => !Vector.AsSpan().ContainsAnyExcept(0);

    public Span<double> Primal => Vector.AsSpan(0, primalSize);

    public Span<double> Dual => Vector.AsSpan(primalSize);

    /// <summary>Makes each half as long as 1 unless it is zero, and its image with it.</summary>
    public void Normalize()
    {
        Measure();
        PrimalNorm = Normalize(Primal, PrimalImage, PrimalNorm);
        DualNorm = Normalize(Dual, DualImage, DualNorm);
    }

    /// <summary>Finds the norms of the halves.</summary>
    public void Measure()
    {
        PrimalNorm = TensorPrimitives.Norm<double>(Primal);
        DualNorm = TensorPrimitives.Norm<double>(Dual);
    }

    public void ComputeImages(ISaddleProblem problem, ReadOnlySpan<double> point)
    {
        problem.Images(point, Vector, PrimalImage, DualImage);
    }

    /// <summary>Whether the image of either half has a part on its own side that is more than rounding.</summary>
    /// <param name="scale">An estimate of the norm of J.</param>
    public bool HasCurvature(double scale)
    {
        double primal = TensorPrimitives.Norm<double>(PrimalImage.AsSpan(0, primalSize)), dual = TensorPrimitives.Norm<double>(DualImage.AsSpan(primalSize));
        return Math.Max(primal, dual) > Curvature * scale;
    }

    /// <summary>Adds a multiple of another direction, images included.</summary>
    public void Add(SplitDirection other, double primalFactor, double dualFactor)
    {
        MultiplyAdd(other.Primal, primalFactor, Primal);
        MultiplyAdd(other.PrimalImage, primalFactor, PrimalImage);
        MultiplyAdd(other.Dual, dualFactor, Dual);
        MultiplyAdd(other.DualImage, dualFactor, DualImage);
    }

    public void Divide(double divisor)
    {
        TensorPrimitives.Divide(Vector, divisor, Vector);
        TensorPrimitives.Divide(PrimalImage, divisor, PrimalImage);
        TensorPrimitives.Divide(DualImage, divisor, DualImage);
    }

    public void Clear()
    {
        Array.Clear(Vector);
        Array.Clear(PrimalImage);
        Array.Clear(DualImage);
        PrimalNorm = DualNorm = 0;
    }

    public void CopyFrom(SplitDirection other)
    {
        other.Vector.CopyTo(Vector, 0);
        other.PrimalImage.CopyTo(PrimalImage, 0);
        other.DualImage.CopyTo(DualImage, 0);
        PrimalNorm = other.PrimalNorm;
        DualNorm = other.DualNorm;
    }

    private static void MultiplyAdd(ReadOnlySpan<double> values, double factor, Span<double> sum)
    {
        int begin = values.IndexOfAnyExcept(0.0);
        if (factor == 0 || begin < 0)
        {
            return;
        }
        int end = values.LastIndexOfAnyExcept(0.0) + 1;
        TensorPrimitives.MultiplyAdd(values[begin..end], factor, sum[begin..end], sum[begin..end]);
    }

    private static double Stretch(ReadOnlySpan<double> image, double norm) => norm > 0 ? TensorPrimitives.Norm(image) / norm : 0;

    private static double Normalize(Span<double> half, Span<double> image, double norm)
    {
        if (!(norm > 0) || !double.IsFinite(norm))
        {
            half.Clear();
            image.Clear();
            return 0;
        }
        TensorPrimitives.Divide(half, norm, half);
        TensorPrimitives.Divide(image, norm, image);
        return 1;
    }
}
