// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx.Running;

namespace MLNetExtensions.Pipelines;

/// <summary>How a fitted transformer scores in process. None of it is saved: a loaded model scores the way ML.NET does.</summary>
public sealed record OnnxScoringOptions
{
    /// <summary>The most rows that are scored together. Fewer are where a row is so large that their buffers would exceed 64 MiB; a model that scores rows together otherwise than alone gets them one by one.</summary>
    /// <value>256.</value>
    public int BatchSize
    {
        get;
        init => field = value is >= 1 and <= 65536 ? value : throw new ArgumentOutOfRangeException(nameof(BatchSize), value, "BatchSize must be from 1 to 65536.");
    } = 256;

    /// <summary>How ONNX Runtime opens the model: threads, optimisation, configuration entries.</summary>
    /// <value>ONNX Runtime's own choices.</value>
    public OnnxSessionSettings Session { get; init; } = new();

    /// <summary>Makes a score that is not a number an error, instead of passing it on as ML.NET does.</summary>
    /// <value>False.</value>
    public bool NaNScoresAreErrors { get; init; }

    /// <summary>Ends fitting and scoring between two batches.</summary>
    /// <value>None.</value>
    public CancellationToken CancellationToken { get; init; }
}
