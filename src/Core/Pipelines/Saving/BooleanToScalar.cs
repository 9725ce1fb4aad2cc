// SPDX-License-Identifier: MIT
using Microsoft.ML.Transforms;

namespace MLNetExtensions.Pipelines.Saving;

/// <summary>Makes a boolean of a vector with one element. Its contract's name is part of the file format.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class BooleanToScalar : CustomMappingFactory<BooleanVector, BooleanScalar>
{
    public const string Contract = "MLNetExtensions.BooleanToScalar";

    public static void Map(BooleanVector input, BooleanScalar output) => output.Value = input.Value[0];

    public override Action<BooleanVector, BooleanScalar> GetMapping() => Map;
}
