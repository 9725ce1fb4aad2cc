// SPDX-License-Identifier: MIT
using MLNetExtensions.Pipelines;
using MLNetExtensions.Quantization;

namespace Microsoft.ML;

/// <summary>Quantization of ONNX models to 4 bits, in the catalogue of transforms.</summary>
public static class QuantizationCatalog
{
    /// <summary>Quantizes an ONNX model and scores with the result; each input reads the column of its own name, each output becomes the vector column of its own name.</summary>
    /// <param name="catalog">The catalogue of transforms.</param>
    /// <param name="modelFile">The model's file.</param>
    /// <param name="quantization">How it is quantized; the defaults are blocks of 32, symmetric, in standard ONNX.</param>
    public static QuantizeOnnxModelEstimator QuantizeOnnxModel(this TransformsCatalog catalog, string modelFile, OnnxQuantizationOptions? quantization = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new QuantizeOnnxModelEstimator(new QuantizeOnnxModelOptions { Model = OnnxModelSource.FromFile(modelFile), Quantization = quantization ?? new() });
    }

    /// <summary>Quantizes an ONNX model and scores with the result, on chosen columns.</summary>
    /// <param name="catalog">The catalogue of transforms.</param>
    /// <param name="options">The model, how it is quantized, its columns, and how it scores.</param>
    public static QuantizeOnnxModelEstimator QuantizeOnnxModel(this TransformsCatalog catalog, QuantizeOnnxModelOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new QuantizeOnnxModelEstimator(options);
    }
}
