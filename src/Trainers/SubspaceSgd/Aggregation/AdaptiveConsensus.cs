// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SubspaceSgd.Aggregation;

/// <summary>Weighs the directions of the workers' gradients by how much each agrees with their mean (Choukroun et al., arXiv 2411.03742).</summary>
/// <remarks>
/// The best step within the span of the directions <c>g_i / |g_i|</c> is, to first order, along the agreements <c>alpha_i = &lt;g_i, mean&gt; / |g_i|</c>.
/// These are sorted, smoothed over steps as order statistics, since which worker is which means nothing from step to step, handed back by
/// rank, and divided by their sum: <c>u = sum_i w_i g_i / |g_i|</c>. A gradient of zeros gets weight 0, in place of the paper's small constant.
/// </remarks>
public sealed record AdaptiveConsensus : IGradientAggregator
{
    // Below this part of the sum of their magnitudes, the sum of the weights is rounding and what it divides is noise.
    private const double LeastSum = 1e-9;

    /// <summary>How much of the smoothed agreements is kept at each step, in [0, 1); 0 remembers nothing.</summary>
    /// <value>The default is 0.99.</value>
    public double Momentum { get; init => field = value is >= 0 and < 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Momentum must be at least 0 and less than 1."); } = 0.99;

    /// <summary>Which worker is handed which of the smoothed agreements.</summary>
    /// <value>The default is by rank.</value>
    public MomentumAssignment Assignment { get; init => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "There is no such assignment."); }

    /// <summary>How long the update is made.</summary>
    /// <value>The default is as long as the mean of the gradients.</value>
    public Rescale Rescale { get; init => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "There is no such way to rescale."); }

    /// <summary>What happens where the update would be no descent direction.</summary>
    /// <value>The default is to take the mean.</value>
    public DescentPolicy DescentPolicy { get; init => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "There is no such policy."); }

    /// <inheritdoc/>
    public bool AllowsAscent => DescentPolicy == DescentPolicy.Official;

    /// <summary>The smoothed agreements in ascending order, and how many steps they come from.</summary>
    public int StateLength(int workers) => workers + 1;

    /// <inheritdoc/>
    public void Combine(GramMatrix gram, Span<double> state, Span<double> coefficients)
    {
        ArgumentNullException.ThrowIfNull(gram);
        int workers = gram.Workers;
        // More workers than that take an allocation at each step, which their gradients outweigh.
        const int OnStack = 256;
        Span<double> agreements = workers <= OnStack ? stackalloc double[workers] : new double[workers];
        Span<int> order = workers <= OnStack ? stackalloc int[workers] : new int[workers];
        for (int i = 0; i < workers; i++)
        {
            double norm = gram.Norm(i);
            agreements[i] = norm > 0 ? gram.MeanProduct(i) / norm : 0;
            order[i] = i;
        }
        SortByValueThenWorker(order, agreements);
        Smooth(state, agreements, order);
        for (int k = 0; k < workers; k++)
        {
            coefficients[Assignment == MomentumAssignment.Scatter ? order[k] : k] = state[Assignment == MomentumAssignment.Scatter ? k : order[k]];
        }
        Normalize(gram, coefficients);
        gram.WeighDirections(coefficients, Rescale);
    }

    private void Smooth(Span<double> state, ReadOnlySpan<double> agreements, ReadOnlySpan<int> order)
    {
        ref double steps = ref state[^1];
        for (int k = 0; k < order.Length; k++)
        {
            double agreement = agreements[order[k]];
            state[k] = steps == 0 ? agreement : (Momentum * state[k]) + ((1 - Momentum) * agreement);
        }
        steps++;
    }

    // The sum becomes 1. Without a sum there are no weights: not-a-number asks for the mean.
    private void Normalize(GramMatrix gram, Span<double> weights)
    {
        double sum = 0, magnitude = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = gram[i, i] > 0 ? weights[i] : 0;
            sum += weights[i];
            magnitude += Math.Abs(weights[i]);
        }
        bool meaningless = DescentPolicy == DescentPolicy.Official ? sum == 0 : sum <= LeastSum * magnitude;
        foreach (ref double weight in weights)
        {
            weight = meaningless ? double.NaN : weight / sum;
        }
    }

    // An insertion sort: few workers, no allocation, and equal values stay in the order of the workers.
    private static void SortByValueThenWorker(Span<int> order, ReadOnlySpan<double> values)
    {
        for (int i = 1; i < order.Length; i++)
        {
            int worker = order[i], k = i - 1;
            for (; k >= 0 && values[order[k]] > values[worker]; k--)
            {
                order[k + 1] = order[k];
            }
            order[k + 1] = worker;
        }
    }
}
