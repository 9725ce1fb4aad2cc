// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint;

/// <summary>What a constraint is about.</summary>
public enum ConstraintKind
{
    /// <summary>The part of the positives that is found.</summary>
    MinRecall,

    /// <summary>The part of the negatives that is taken for positives.</summary>
    MaxFalsePositiveRate,

    /// <summary>The part of those taken for positives that are.</summary>
    MinPrecision,

    /// <summary>The difference of the groups' recalls, largest less smallest.</summary>
    EqualOpportunity,

    /// <summary>The difference of the parts of the groups that are taken for positives, largest less smallest.</summary>
    DemographicParity,

    /// <summary>The mean logistic loss of each group, in nats.</summary>
    BoundedGroupLoss,
}
