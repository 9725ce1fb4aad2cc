// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Transforms.Tests.OnnxScoring;

/// <summary>Tests that redirect the temporary folder of the process: nothing else runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ContractCollection
{
    public const string Name = "estimator contract";
}
