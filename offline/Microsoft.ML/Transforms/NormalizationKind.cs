// SPDX-License-Identifier: MIT
namespace Microsoft.ML.StandIn;

/// <summary>What a normaliser brings to one.</summary>
internal enum NormalizationKind
{
    MinMax,
    MeanVariance,
}
