// SPDX-License-Identifier: MIT
using Microsoft.ML.Transforms;

namespace MLNetExtensions.Pipelines.Saving;

/// <summary>Makes a number of a vector with one element. Its contract's name is part of the file format.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class DoubleToScalar : CustomMappingFactory<DoubleVector, DoubleScalar>
{
    public const string Contract = "MLNetExtensions.DoubleToScalar";

    public static void Map(DoubleVector input, DoubleScalar output) => output.Value = input.Value[0];

    public override Action<DoubleVector, DoubleScalar> GetMapping() => Map;
}
