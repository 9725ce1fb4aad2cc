// SPDX-License-Identifier: MIT
using MLNetExtensions.Numerics;

namespace MLNetExtensions.Networks;

/// <summary>What one pass over a network is for.</summary>
/// <param name="Random">The random numbers of a training pass (dropout draws from them); null when scoring.</param>
/// <param name="Threads">The most threads that a layer may use; its results are the same for any number.</param>
public readonly record struct LayerPass(RandomStream? Random, int Threads = 1)
{
    /// <summary>A pass that scores, on one thread.</summary>
    public static LayerPass Scoring => new(null);

    /// <summary>Whether gradients will be asked for and random layers are random.</summary>
    public bool IsTraining => Random is not null;
}
