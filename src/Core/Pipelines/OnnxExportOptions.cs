// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx;

namespace MLNetExtensions.Pipelines;

/// <summary>How a fitted model is written as an ONNX file.</summary>
public sealed record OnnxExportOptions
{
    /// <summary>Normalisers that stand before the model in the pipeline and become part of the file, so that it takes raw columns.</summary>
    /// <value>None.</value>
    public IReadOnlyList<AffineNormalizer> FoldedNormalizers { get; init; } = [];

    /// <summary>How the file is written: external data, progress, cancellation.</summary>
    /// <value>One file, with external data beside it only where it would be too large.</value>
    public OnnxSaveOptions File { get; init; } = new();
}
