// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Networks.Optimizers;

/// <summary>Turns gradients into steps. Immutable: what it remembers lies in a state that its user keeps, and that a checkpoint saves.</summary>
public interface IOptimizer
{
    /// <summary>The decoupled weight decay: before each update, parameters that decay lose this part of themselves, times the learning rate. The default is 0.</summary>
    float WeightDecay => 0;

    /// <summary>How many floats it remembers for that many parameters; they begin as zeros.</summary>
    int StateLength(int parameters);

    /// <summary>Takes one step; weight decay is its user's to apply.</summary>
    /// <param name="parameters">What is changed.</param>
    /// <param name="gradient">The derivative of the loss.</param>
    /// <param name="state">What the optimiser remembers.</param>
    /// <param name="iteration">Which step it is, from 1.</param>
    /// <param name="learningRate">The learning rate of this step.</param>
    void Update(Span<float> parameters, ReadOnlySpan<float> gradient, Span<float> state, long iteration, float learningRate);

    /// <summary>Moves parameters towards zero after an update, by the step that a constant derivative of that amount would get: the proximal step of a penalty on absolute values.</summary>
    /// <remarks>The default suits updates of learning rate times gradient. An optimiser whose steps are longer or shorter shrinks by as much more or less, else it ends at the optimum of another penalty.</remarks>
    /// <param name="parameters">All parameters.</param>
    /// <param name="state">What the optimiser remembers.</param>
    /// <param name="part">The parameters that are changed.</param>
    /// <param name="iteration">Which step it is, from 1.</param>
    /// <param name="learningRate">The learning rate of this step.</param>
    /// <param name="amount">The factor on the sum of absolute values.</param>
    void Shrink(Span<float> parameters, ReadOnlySpan<float> state, Range part, long iteration, float learningRate, float amount) =>
        Shrinkage.Shrink(parameters[part], learningRate * amount);
}
