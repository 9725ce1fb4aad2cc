// SPDX-License-Identifier: MIT
using System.Buffers;

namespace MLNetExtensions.Trainers.SubspaceSgd.Aggregation;

/// <summary>The update that minimises the mini-batch loss itself, to second order, among all weighted sums of the workers' gradients.</summary>
/// <remarks>
/// With P the gradients as columns and H the second derivative of the mini-batch loss, the loss at <c>-P c</c> is, to second order,
/// <c>-b'c + c'A c / 2</c> less than before, with <c>b = P' mean</c> and <c>A = P' H P</c>: its minimum is at <c>A c = b</c>. A is N x N and adds up over
/// rows, so it costs each worker N products with its own mini-batch; but every worker needs every gradient. For linear models and losses with a
/// second derivative, with <see cref="Networks.Optimizers.Sgd"/> and a learning rate of 1 or somewhat less, since the length of the step is part of the
/// answer. Coefficients are those of the whole model.
/// </remarks>
public sealed record SubspaceNewton : IGradientAggregator
{
    // Keeps gradients that are multiples of each other from being told apart by rounding.
    private const double Ridge = 1e-9;

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
        if (!(Trace(curvature) > 0))
        {
            // A loss that is flat to second order has no minimum along its gradient: not-a-number asks for the mean.
            coefficients.Fill(double.NaN);
            return;
        }
        int workers = gram.Workers;
        const int OnStack = 1024;
        double[]? rented = workers * workers > OnStack ? ArrayPool<double>.Shared.Rent(workers * workers) : null;
        Span<double> system = (rented ?? stackalloc double[OnStack])[..(workers * workers)];

        double damping = Damping * Trace(curvature) / Trace(gram);
        for (int i = 0; i < workers; i++)
        {
            for (int j = 0; j < workers; j++)
            {
                system[(i * workers) + j] = curvature[i, j] + (damping * gram[i, j]);
            }
            system[(i * workers) + i] *= 1 + Ridge;
            coefficients[i] = gram.MeanProduct(i);
        }
        Solve(system, coefficients);
        if (rented is not null)
        {
            ArrayPool<double>.Shared.Return(rented);
        }
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
    // matrix is not positive semidefinite there is no minimum, and not-a-number asks for the mean.
    private static void Solve(Span<double> matrix, Span<double> values)
    {
        int size = values.Length;
        for (int column = 0; column < size; column++)
        {
            var row = matrix.Slice(column * size, size);
            double diagonal = row[column], pivot = diagonal;
            for (int k = 0; k < column; k++)
            {
                pivot -= row[k] * row[k];
            }
            if (pivot <= 0 && diagonal != 0)
            {
                values.Fill(double.NaN);
                return;
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
                lower[column] = pivot > 0 ? sum / row[column] : 0;
            }
        }
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
