// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SubspaceSgd.Aggregation;

/// <summary>The mean of the workers' gradients: plain synchronous data-parallel training.</summary>
public sealed record Mean : IGradientAggregator
{
    /// <inheritdoc/>
    public void Combine(GramMatrix gram, Span<double> state, Span<double> coefficients)
    {
        ArgumentNullException.ThrowIfNull(gram);
        coefficients.Fill(1.0 / gram.Workers);
    }
}
