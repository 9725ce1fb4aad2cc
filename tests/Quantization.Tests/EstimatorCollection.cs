// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Quantization.Tests;

/// <summary>One check of the contract redirects the temporary folder of the process, so nothing else runs beside it.</summary>
[CollectionDefinition(EstimatorTests.Name, DisableParallelization = true)]
public sealed class EstimatorCollection;
