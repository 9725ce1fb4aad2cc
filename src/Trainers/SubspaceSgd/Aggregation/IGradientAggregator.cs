// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SubspaceSgd.Aggregation;

/// <summary>Chooses the weights with which the workers' gradients are added up. An aggregator of one's own is this one method.</summary>
/// <remarks>
/// Every update in the span of the gradients is a set of coefficients, and every rule for them that does not depend on coordinates can be
/// computed from the gradients' inner products: so gradients are exchanged once, whatever the rule. Aggregators are immutable; what one
/// remembers lies in a state that the training keeps, and that a checkpoint saves. Whatever is chosen, the training takes it only where it
/// is a descent direction of the mini-batch loss, <c>sum_i c_i &lt;g_i, mean&gt; &gt; 0</c>; else it takes the mean of the gradients,
/// shortened to the length of what was chosen where that is shorter, and counts it in <see cref="TrainingSummary.Fallbacks"/>.
/// </remarks>
public interface IGradientAggregator
{
    /// <summary>How many numbers it remembers from step to step; they begin as zeros. The default is none.</summary>
    int StateLength(int workers) => 0;

    /// <summary>Whether it needs <see cref="GramMatrix.Curvature"/>, which takes every gradient on every worker. The default is false.</summary>
    bool NeedsCurvature => false;

    /// <summary>Whether its choice stands even where it is no descent direction. The default is false.</summary>
    bool AllowsAscent => false;

    /// <summary>Chooses the coefficients c of the update <c>sum_i c_i g_i</c>.</summary>
    /// <param name="gram">Inner products of the workers' gradients g_i, all finite and not all zero. They are scaled so that their mean is the gradient of the mini-batch's mean loss; a worker without rows has a gradient of zeros.</param>
    /// <param name="state">What was remembered; it is overwritten with what shall be.</param>
    /// <param name="coefficients">Becomes one coefficient for each worker. Where one is not finite the mean of the gradients is taken, and the state stays as it was.</param>
    void Combine(GramMatrix gram, Span<double> state, Span<double> coefficients);
}
