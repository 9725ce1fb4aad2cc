// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SubspaceSgd.Aggregation;

/// <summary>What shares one set of aggregation coefficients.</summary>
public enum AggregationGranularity
{
    /// <summary>All parameters of the model: the default, and what the paper's authors publish.</summary>
    Model,

    /// <summary>Each parameter tensor by itself.</summary>
    ParameterTensor,
}
