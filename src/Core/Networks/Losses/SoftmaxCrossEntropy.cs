// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;
using System.Numerics.Tensors;
using MLNetExtensions.Numerics;

namespace MLNetExtensions.Networks.Losses;

/// <summary>The negative log-likelihood, in nats, of a class whose probabilities are the softmax of the scores: <c>log Σ exp(s_j) - s_t</c>. The target is the class's index, from 0.</summary>
public sealed record SoftmaxCrossEntropy : ICurvedLoss
{
    private const int Chunk = 256;

    /// <inheritdoc/>
    public int TargetColumns(int scoreColumns) => 1;

    /// <inheritdoc/>
    public double Evaluate(DenseMatrix scores, DenseMatrix targets, ReadOnlySpan<float> weights, DenseMatrix? gradient)
    {
        LossChecks.Shapes(scores, targets, 1, weights);
        LossChecks.Like(scores, gradient)?.Resize(scores.Rows);
        var classes = targets.Values;
        double total = 0;
        for (int i = 0; i < scores.Rows; i++)
        {
            var row = scores.Row(i);
            int target = Index(classes[i], row.Length, i);
            float weight = weights.IsEmpty ? 1 : weights[i];
            float highest = TensorPrimitives.Max<float>(row), own = row[target];
            float sum;
            if (gradient is null)
            {
                sum = SumOfExponentials(row, highest);
            }
            else
            {
                var derivative = gradient.Row(i);
                sum = Exponentials(row, highest, derivative);
                TensorPrimitives.Multiply(derivative, weight / sum, derivative);
                derivative[target] -= weight;
            }
            total += weight * (Math.Log(sum) + ((double)highest - own));
        }
        return total;
    }

    /// <inheritdoc/>
    public void MultiplyBySecondDerivative(DenseMatrix scores, DenseMatrix targets, ReadOnlySpan<float> weights, DenseMatrix directions, DenseMatrix result)
    {
        LossChecks.Shapes(scores, targets, 1, weights);
        LossChecks.Directions(scores, directions, result);
        result.Resize(scores.Rows);
        for (int i = 0; i < scores.Rows; i++)
        {
            // With probabilities p the matrix is diag(p) - p p'.
            var direction = directions.Row(i);
            var product = result.Row(i);
            float sum = Exponentials(scores.Row(i), TensorPrimitives.Max<float>(scores.Row(i)), product);
            float mean = TensorPrimitives.Dot<float>(product, direction) / sum;
            float factor = (weights.IsEmpty ? 1 : weights[i]) / sum;
            for (int j = 0; j < product.Length; j++)
            {
                product[j] *= factor * (direction[j] - mean);
            }
        }
    }

    private static float Exponentials(ReadOnlySpan<float> scores, float highest, Span<float> destination)
    {
        TensorPrimitives.Subtract(scores, highest, destination);
        TensorPrimitives.Exp<float>(destination, destination);
        return TensorPrimitives.Sum<float>(destination);
    }

    private static float SumOfExponentials(ReadOnlySpan<float> scores, float highest)
    {
        Span<float> chunk = stackalloc float[Chunk];
        float sum = 0;
        for (int start = 0; start < scores.Length; start += Chunk)
        {
            var part = scores.Slice(start, Math.Min(Chunk, scores.Length - start));
            sum += Exponentials(part, highest, chunk[..part.Length]);
        }
        return sum;
    }

    private static int Index(float target, int classes, int row)
    {
        int index = (int)target;
        if ((uint)index >= (uint)classes || index != target)
        {
            ThrowNoClass(target, classes, row);
        }
        return index;
    }

    [DoesNotReturn]
    private static void ThrowNoClass(float target, int classes, int row) =>
        throw new ArgumentException($"Row {row} has the target {target}; it must be the index of one of {classes} classes, from 0.");
}
