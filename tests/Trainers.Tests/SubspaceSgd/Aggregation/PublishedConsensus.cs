// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.Tests.SubspaceSgd.Aggregation;

/// <summary>Adaptive consensus as two all-reduces over vectors, the way it is published: the oracle for the form from inner products.</summary>
internal sealed class PublishedConsensus(double momentum, bool gather)
{
    private double[]? _smoothed;

    public double[] Update(double[][] gradients)
    {
        double[] sum = gradients.Aggregate(Vectors.Add);
        double[] agreement = [.. gradients.Select(g => Vectors.Dot(sum, g) / Vectors.Norm(g) / gradients.Length)];
        int[] order = [.. Enumerable.Range(0, gradients.Length).OrderBy(i => agreement[i])];
        double[] sorted = [.. order.Select(i => agreement[i])];
        _smoothed = _smoothed is null ? sorted : [.. _smoothed.Zip(sorted, (old, now) => (momentum * old) + ((1 - momentum) * now))];
        double[] weights = new double[gradients.Length];
        for (int k = 0; k < order.Length; k++)
        {
            if (gather)
            {
                weights[k] = _smoothed[order[k]];
            }
            else
            {
                weights[order[k]] = _smoothed[k];
            }
        }
        double total = weights.Sum();
        return gradients.Select((g, i) => Vectors.Scale(g, weights[i] / total / Vectors.Norm(g))).Aggregate(Vectors.Add);
    }
}
