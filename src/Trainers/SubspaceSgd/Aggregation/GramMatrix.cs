// SPDX-License-Identifier: MIT
using System.Diagnostics;

namespace MLNetExtensions.Trainers.SubspaceSgd.Aggregation;

/// <summary>The inner products <c>K_ij = &lt;g_i, g_j&gt;</c> of the workers' gradients.</summary>
public sealed class GramMatrix
{
    private readonly double[] _products;

    /// <summary>A matrix of zeros.</summary>
    public GramMatrix(int workers)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(workers);
        Workers = workers;
        _products = new double[workers * workers];
    }

    /// <summary>How many workers there are, N.</summary>
    public int Workers { get; }

    /// <summary>All products, row after row.</summary>
    public Span<double> Values => _products;

    /// <summary>The inner product of two workers' gradients.</summary>
    public ref double this[int i, int j]
    {
        get
        {
            Debug.Assert((uint)i < (uint)Workers && (uint)j < (uint)Workers, "There are such workers.");
            return ref _products[(i * Workers) + j];
        }
    }

    /// <summary>The terms <c>g_i' H g_j</c> of the mini-batch loss's second derivative H, where the aggregator asked for them and the model has one.</summary>
    public GramMatrix? Curvature { get; init; }

    /// <summary>The Euclidean norm of a worker's gradient.</summary>
    public double Norm(int worker) => Math.Sqrt(Math.Max(0, this[worker, worker]));

    /// <summary>The inner product of a worker's gradient with the mean of all.</summary>
    public double MeanProduct(int worker)
    {
        double sum = 0;
        for (int j = 0; j < Workers; j++)
        {
            sum += this[worker, j];
        }
        return sum / Workers;
    }

    /// <summary>The squared norm of the mean of all gradients.</summary>
    public double SquaredMeanNorm()
    {
        double sum = 0;
        for (int i = 0; i < Workers; i++)
        {
            sum += MeanProduct(i);
        }
        return Math.Max(0, sum / Workers);
    }

    /// <summary>The squared norm of a weighted sum of the gradients.</summary>
    public double SquaredNorm(ReadOnlySpan<double> coefficients)
    {
        double sum = 0;
        for (int i = 0; i < Workers; i++)
        {
            double row = 0;
            for (int j = 0; j < Workers; j++)
            {
                row += coefficients[j] * this[i, j];
            }
            sum += coefficients[i] * row;
        }
        return Math.Max(0, sum);
    }

    /// <summary>Makes weights of the gradients' directions into coefficients of the gradients; a gradient of zeros gets 0.</summary>
    /// <remarks>Where directions cancel, to lengthen what is left of them would be to step along rounding: not-a-number asks for the mean.</remarks>
    internal void WeighDirections(Span<double> weights, Rescale rescale)
    {
        const double LeastLength = 1e-3;
        double norms = 0, magnitude = 0;
        for (int i = 0; i < Workers; i++)
        {
            double norm = Norm(i);
            norms += norm;
            magnitude += norm > 0 ? Math.Abs(weights[i]) : 0;
            weights[i] = norm > 0 ? weights[i] / norm : 0;
        }
        double scale = 1;
        if (rescale == Rescale.NormOfMean)
        {
            double length = Math.Sqrt(SquaredNorm(weights));
            scale = length > LeastLength * magnitude ? Math.Sqrt(SquaredMeanNorm()) / length : double.NaN;
        }
        else if (rescale == Rescale.MeanOfNorms)
        {
            scale = norms / Workers;
        }
        foreach (ref double weight in weights)
        {
            weight *= scale;
        }
    }
}
