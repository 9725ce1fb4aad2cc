// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SubspaceSgd.Aggregation;

/// <summary>Adds gradients in pairs: orthogonal ones are summed, equal ones averaged (Maleki et al., arXiv 2006.02924).</summary>
/// <remarks>
/// <c>a + b</c> becomes <c>(1 - &lt;a,b&gt; / 2|a|^2) a + (1 - &lt;a,b&gt; / 2|b|^2) b</c>, for neighbours, then neighbouring sums, and so on up a
/// binary tree; of an odd number the last one is carried up. The update is as long as the mean or up to N times that, so the best
/// learning rate is smaller, and it depends on the order of the workers. Everything is computed from inner products.
/// </remarks>
public sealed record Adasum : IGradientAggregator
{
    /// <inheritdoc/>
    public void Combine(GramMatrix gram, Span<double> state, Span<double> coefficients)
    {
        ArgumentNullException.ThrowIfNull(gram);
        int workers = gram.Workers;
        coefficients.Fill(1);
        for (int width = 1; width < workers; width *= 2)
        {
            for (int left = 0; left + width < workers; left += 2 * width)
            {
                AddPair(gram, coefficients, left, left + width, Math.Min(left + (2 * width), workers));
            }
        }
    }

    // The two sums lie side by side: workers from left to middle, and from middle to end.
    private static void AddPair(GramMatrix gram, Span<double> coefficients, int left, int middle, int end)
    {
        double product = Product(gram, coefficients, left, middle, middle, end);
        double leftSquare = Product(gram, coefficients, left, middle, left, middle);
        double rightSquare = Product(gram, coefficients, middle, end, middle, end);
        Scale(coefficients[left..middle], leftSquare > 0 ? 1 - (product / (2 * leftSquare)) : 1);
        Scale(coefficients[middle..end], rightSquare > 0 ? 1 - (product / (2 * rightSquare)) : 1);
    }

    private static double Product(GramMatrix gram, ReadOnlySpan<double> coefficients, int rowStart, int rowEnd, int columnStart, int columnEnd)
    {
        double sum = 0;
        for (int i = rowStart; i < rowEnd; i++)
        {
            double row = 0;
            for (int j = columnStart; j < columnEnd; j++)
            {
                row += coefficients[j] * gram[i, j];
            }
            sum += coefficients[i] * row;
        }
        return sum;
    }

    private static void Scale(Span<double> values, double factor)
    {
        foreach (ref double value in values)
        {
            value *= factor;
        }
    }
}
