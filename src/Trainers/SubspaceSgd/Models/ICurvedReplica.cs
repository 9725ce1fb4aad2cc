// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SubspaceSgd.Models;

/// <summary>A model whose loss has a second derivative by the parameters that can be multiplied.</summary>
internal interface ICurvedReplica : IModelReplica
{
    /// <summary>Adds the terms <c>p_i' H p_j</c>, H being the second derivative of the weighted sum of a batch's losses.</summary>
    /// <param name="parameters">The parameters at which it is taken.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="directions">How many directions there are.</param>
    /// <param name="direction">A direction, like parameters.</param>
    /// <param name="factor">What all terms are multiplied by.</param>
    /// <param name="terms">What they are added to, directions x directions.</param>
    void AddCurvature(ReadOnlySpan<float> parameters, RowBatch batch, int directions, DirectionReader direction, double factor, Span<double> terms);
}

/// <summary>Gives a direction by its number.</summary>
internal delegate ReadOnlySpan<float> DirectionReader(int number);
