// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SubspaceSgd.Aggregation;

/// <summary>The mean of the gradients' directions: every worker counts the same, however long its gradient is.</summary>
public sealed record UnitMean : IGradientAggregator
{
    /// <summary>How long the update is made.</summary>
    /// <value>The default is as long as the mean of the gradients.</value>
    public Rescale Rescale { get; init => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "There is no such way to rescale."); }

    /// <inheritdoc/>
    public void Combine(GramMatrix gram, Span<double> state, Span<double> coefficients)
    {
        ArgumentNullException.ThrowIfNull(gram);
        coefficients.Fill(1.0 / gram.Workers);
        gram.WeighDirections(coefficients, Rescale);
    }
}
