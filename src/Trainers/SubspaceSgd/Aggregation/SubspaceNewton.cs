// SPDX-License-Identifier: MIT
using System.Buffers;

namespace MLNetExtensions.Trainers.SubspaceSgd.Aggregation;

/// <summary>The update that minimises the mini-batch loss itself, to second order, among all weighted sums of the workers' gradients.</summary>
/// <remarks>
/// With P the gradients as columns and H the second derivative of the mini-batch loss, the loss at <c>-P c</c> is, to second order,
/// <c>-b'c + c'A c / 2</c> less than before, with <c>b = P' mean</c> and <c>A = P' H P</c>: its minimum is at <c>A c = b</c>. A is N x N and adds up over
/// rows, so it costs each worker N products with its own mini-batch; but every worker needs every gradient. For linear models and losses with a
/// second derivative, with <see cref="Networks.Optimizers.Sgd"/>, since the length of the step is part of the answer. A learning rate of 1 follows the noise
/// of each mini-batch; on real data 0.05 to 0.3 was best. Coefficients are those of the whole model.
/// </remarks>
public sealed record SubspaceNewton : IGradientAggregator
{
    // Times the number of workers, on the diagonal: curvature terms are sums of products of floats. Gradients that depend on each other, as those of
    // more workers than parameters do, are then not told apart by rounding.
    private const double Ridge = 1e-6;

    private const int Passes = 3;

    /// <summary>How much of the mean curvature along the gradients is added in every direction, at least 0: shorter steps along directions in which the mini-batch is nearly flat.</summary>
    /// <value>The default is 1e-3.</value>
    public double Damping { get; init => field = value >= 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Damping must be at least 0."); } = 1e-3;

    /// <inheritdoc/>
    public bool NeedsCurvature => true;

    /// <inheritdoc/>
    public void Combine(GramMatrix gram, Span<double> state, Span<double> coefficients)
    {
        ArgumentNullException.ThrowIfNull(gram);
        var curvature = gram.Curvature ?? throw new ArgumentException($"{nameof(SubspaceNewton)} needs curvature terms.", nameof(gram));
        int workers = gram.Workers, length = workers * (workers + 2);
        const int OnStack = 1088;
        double[]? rented = length > OnStack ? ArrayPool<double>.Shared.Rent(length) : null;
        Span<double> workspace = (rented ?? stackalloc double[OnStack])[..length];
        if (!(Trace(curvature) > 0) || !TryMinimize(gram, curvature, workspace[..^(2 * workers)], workspace[^(2 * workers)..^workers], workspace[^workers..], coefficients))
        {
            StepAlongMean(gram, curvature, coefficients);
        }
        if (rented is not null)
        {
            ArrayPool<double>.Shared.Return(rented);
        }
    }

    // Factorises the ridged matrix, and solves with it for what is left of the right side until the ridge shows only where nothing else does.
    private bool TryMinimize(GramMatrix gram, GramMatrix curvature, Span<double> matrix, Span<double> diagonal, Span<double> residual, Span<double> coefficients)
    {
        int workers = gram.Workers;
        double damping = Damping * Trace(curvature) / Trace(gram);
        for (int i = 0; i < workers; i++)
        {
            for (int j = 0; j < workers; j++)
            {
                matrix[(i * workers) + j] = curvature[i, j] + (damping * gram[i, j]);
            }
            diagonal[i] = matrix[(i * workers) + i];
            matrix[(i * workers) + i] *= 1 + (Ridge * workers);
        }
        if (!TryFactorize(matrix, workers))
        {
            return false;
        }
        coefficients.Clear();
        for (int pass = 0; pass < Passes; pass++)
        {
            for (int i = 0; i < workers; i++)
            {
                residual[i] = gram.MeanProduct(i) - (diagonal[i] * coefficients[i]);
                for (int j = 0; j < workers; j++)
                {
                    // The factorisation has left the upper triangle as it was.
                    residual[i] -= i == j ? 0 : matrix[(Math.Min(i, j) * workers) + Math.Max(i, j)] * coefficients[j];
                }
            }
            Solve(matrix, residual);
            for (int i = 0; i < workers; i++)
            {
                coefficients[i] += residual[i];
            }
        }
        return true;
    }

    // The minimum along the mean of the gradients (Cauchy's step). A loss that is flat or falls ever faster along it has none: not-a-number asks for the mean.
    private static void StepAlongMean(GramMatrix gram, GramMatrix curvature, Span<double> coefficients)
    {
        double meanCurvature = 0;
        foreach (double term in curvature.Values)
        {
            meanCurvature += term;
        }
        meanCurvature /= gram.Workers * gram.Workers;
        coefficients.Fill(meanCurvature > 0 ? gram.SquaredMeanNorm() / meanCurvature / gram.Workers : double.NaN);
    }

    private static double Trace(GramMatrix matrix)
    {
        double sum = 0;
        for (int i = 0; i < matrix.Workers; i++)
        {
            sum += matrix[i, i];
        }
        return sum;
    }

    // Cholesky's factorisation in the lower triangle. A worker without curvature, such as one whose gradient is zero, is left out; where the
    // matrix is not positive semidefinite there is no minimum.
    private static bool TryFactorize(Span<double> matrix, int size)
    {
        for (int column = 0; column < size; column++)
        {
            var row = matrix.Slice(column * size, size);
            double diagonal = row[column], pivot = diagonal;
            for (int k = 0; k < column; k++)
            {
                pivot -= row[k] * row[k];
            }
            if (!(pivot > 0) && diagonal != 0)
            {
                return false;
            }
            row[column] = Math.Sqrt(pivot);
            for (int below = column + 1; below < size; below++)
            {
                var lower = matrix.Slice(below * size, size);
                double sum = lower[column];
                for (int k = 0; k < column; k++)
                {
                    sum -= lower[k] * row[k];
                }
                lower[column] = Divide(sum, row[column]);
            }
        }
        return true;
    }

    private static void Solve(ReadOnlySpan<double> matrix, Span<double> values)
    {
        int size = values.Length;
        for (int i = 0; i < size; i++)
        {
            for (int k = 0; k < i; k++)
            {
                values[i] -= matrix[(i * size) + k] * values[k];
            }
            values[i] = Divide(values[i], matrix[(i * size) + i]);
        }
        for (int i = size - 1; i >= 0; i--)
        {
            for (int k = i + 1; k < size; k++)
            {
                values[i] -= matrix[(k * size) + i] * values[k];
            }
            values[i] = Divide(values[i], matrix[(i * size) + i]);
        }
    }

    private static double Divide(double value, double pivot) => pivot > 0 ? value / pivot : 0;
}
