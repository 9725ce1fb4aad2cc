// SPDX-License-Identifier: MIT
using Microsoft.ML.Transforms;

namespace MLNetExtensions.Pipelines.Saving;

/// <summary>Makes a boolean that is true unless the element is 0 of a vector with one element. Its contract's name is part of the file format.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class Int64ToBoolean : CustomMappingFactory<Int64Vector, BooleanScalar>
{
    public const string Contract = "MLNetExtensions.Int64ToBoolean";

    public static void Map(Int64Vector input, BooleanScalar output) => output.Value = input.Value[0] != 0;

    public override Action<Int64Vector, BooleanScalar> GetMapping() => Map;
}
