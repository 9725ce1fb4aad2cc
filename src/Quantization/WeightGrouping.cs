// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Quantization;

/// <summary>Which weights share a scale.</summary>
public enum WeightGrouping
{
    /// <summary>Blocks of <see cref="OnnxQuantizationOptions.BlockSize"/> successive weights along the axis that the operator sums over.</summary>
    PerBlock,

    /// <summary>One scale for each output: a column of a matrix, a filter of a convolution, a row of an embedding, a gate row of a recurrent network.</summary>
    PerKernel,

    /// <summary>One scale for the whole tensor.</summary>
    PerTensor,
}
