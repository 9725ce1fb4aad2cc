// SPDX-License-Identifier: MIT
using Microsoft.ML.Transforms;

namespace MLNetExtensions.Pipelines.Saving;

/// <summary>Makes a number of a vector with one element. Its contract's name is part of the file format.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class SingleToScalar : CustomMappingFactory<SingleVector, SingleScalar>
{
    public const string Contract = "MLNetExtensions.SingleToScalar";

    public static void Map(SingleVector input, SingleScalar output) => output.Value = input.Value[0];

    public override Action<SingleVector, SingleScalar> GetMapping() => Map;
}
