// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Quantization;

/// <summary>How far a quantization is.</summary>
/// <param name="Tensor">The tensor in work.</param>
/// <param name="TensorsDone">Tensors finished.</param>
/// <param name="Tensors">Tensors to quantize.</param>
/// <param name="WeightsDone">Weights finished, those of the tensor in work included.</param>
/// <param name="Weights">Weights to quantize.</param>
public readonly record struct QuantizationProgress(string Tensor, int TensorsDone, int Tensors, long WeightsDone, long Weights)
{
    /// <summary>The fraction done, 0 to 1.</summary>
    public double Fraction => Weights == 0 ? 1 : (double)WeightsDone / Weights;
}
