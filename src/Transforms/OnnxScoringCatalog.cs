// SPDX-License-Identifier: MIT
using MLNetExtensions.Pipelines;
using MLNetExtensions.Transforms.OnnxScoring;

namespace Microsoft.ML;

/// <summary>Batched scoring of ONNX models, beside ML.NET's own <c>ApplyOnnxModel</c>.</summary>
public static class OnnxScoringCatalog
{
    /// <summary>Scores an ONNX model with one input on batches of rows.</summary>
    /// <param name="catalog">The catalogue of transforms.</param>
    /// <param name="outputColumnName">The vector column that is made: the model's output of that name, or its only output.</param>
    /// <param name="inputColumnName">The column that feeds the model: the input of that name, or its only input.</param>
    /// <param name="modelFile">The model's file.</param>
    /// <param name="batchSize">The most rows that are scored together.</param>
    public static BatchedOnnxEstimator ApplyOnnxModelBatched(
        this TransformsCatalog catalog, string outputColumnName, string inputColumnName, string modelFile, int batchSize = 256)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        ArgumentException.ThrowIfNullOrEmpty(inputColumnName);
        var options = new BatchedOnnxOptions { Model = OnnxModelSource.FromFile(modelFile), Scoring = new OnnxScoringOptions { BatchSize = batchSize } };
        return new BatchedOnnxEstimator(options, signature => BatchedOnnxEstimator.Single(signature, outputColumnName, inputColumnName));
    }

    /// <summary>Scores an ONNX model with any inputs and outputs on batches of rows.</summary>
    /// <param name="catalog">The catalogue of transforms.</param>
    /// <param name="options">The model, its columns, and how it scores.</param>
    public static BatchedOnnxEstimator ApplyOnnxModelBatched(this TransformsCatalog catalog, BatchedOnnxOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new BatchedOnnxEstimator(options);
    }
}
