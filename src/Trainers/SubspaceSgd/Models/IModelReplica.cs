// SPDX-License-Identifier: MIT
using MLNetExtensions.Networks;
using MLNetExtensions.Numerics;

namespace MLNetExtensions.Trainers.SubspaceSgd.Models;

/// <summary>Computes with a model's parameters on one thread, in buffers of its own.</summary>
internal interface IModelReplica
{
    /// <summary>Computes the scores of a batch.</summary>
    /// <returns>Rows x outputs, overwritten by the next call.</returns>
    DenseMatrix Score(ReadOnlySpan<float> parameters, RowBatch batch);

    /// <summary>Adds the derivative of the weighted sum of a batch's losses.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="gradient">What it is added to.</param>
    /// <param name="pass">The random numbers of this pass, and how many threads it may take.</param>
    /// <returns>The weighted sum of the losses.</returns>
    double AddGradient(ReadOnlySpan<float> parameters, RowBatch batch, Span<float> gradient, in LayerPass pass);
}
