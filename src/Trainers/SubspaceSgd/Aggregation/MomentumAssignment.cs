// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SubspaceSgd.Aggregation;

/// <summary>Which worker is handed which of the smoothed, sorted agreements.</summary>
public enum MomentumAssignment
{
    /// <summary>The k-th smallest goes to the worker whose agreement is the k-th smallest.</summary>
    Scatter,

    /// <summary>What the authors' published code does: the inverse permutation. From three workers on, most get another's.</summary>
    OfficialGather,
}
