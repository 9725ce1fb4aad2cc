// SPDX-License-Identifier: MIT
using Microsoft.ML.Transforms;

namespace MLNetExtensions.Pipelines.Saving;

/// <summary>Makes an integer of a vector with one element. Its contract's name is part of the file format.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class Int64ToScalar : CustomMappingFactory<Int64Vector, Int64Scalar>
{
    public const string Contract = "MLNetExtensions.Int64ToScalar";

    public static void Map(Int64Vector input, Int64Scalar output) => output.Value = input.Value[0];

    public override Action<Int64Vector, Int64Scalar> GetMapping() => Map;
}
