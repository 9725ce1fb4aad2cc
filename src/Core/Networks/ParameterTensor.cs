// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Networks;

/// <summary>One tensor of a layer's parameters.</summary>
/// <param name="Name">What it is called within its layer, such as <c>weight</c>.</param>
/// <param name="Dimensions">Its sizes; values lie row-major.</param>
/// <param name="Initialization">How it begins.</param>
/// <param name="Decays">Whether penalties and weight decay apply: weights yes, biases and scales no.</param>
public sealed record ParameterTensor(string Name, IReadOnlyList<int> Dimensions, Initialization Initialization, bool Decays = true)
{
    /// <summary>How many floats it has.</summary>
    public int Length { get; } = Dimensions.Aggregate(1, (product, size) => checked(product * size));
}
