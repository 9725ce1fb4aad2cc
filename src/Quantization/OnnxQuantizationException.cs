// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Quantization;

/// <summary>A tensor that cannot be quantized, such as one that holds NaN.</summary>
public sealed class OnnxQuantizationException : InvalidOperationException
{
    /// <summary>Says which tensor, and what is wrong with it.</summary>
    public OnnxQuantizationException(string tensor, string problem)
        : base($"Tensor '{tensor}': {problem}") => Tensor = tensor;

    /// <summary>The name of the tensor.</summary>
    public string Tensor { get; }
}
