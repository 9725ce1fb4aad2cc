// SPDX-License-Identifier: MIT
using Microsoft.ML.OnnxRuntime;

namespace MLNetExtensions.Onnx.Running;

/// <summary>How ONNX Runtime opens a model.</summary>
public sealed record OnnxSessionSettings
{
    /// <summary>Threads inside one operator.</summary>
    /// <value>0: as many as ONNX Runtime thinks right, usually one per physical core.</value>
    public int IntraOpThreads
    {
        get;
        init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(IntraOpThreads), value, "IntraOpThreads must be 0 (let ONNX Runtime choose) or more.");
    }

    /// <summary>How far ONNX Runtime rewrites the graph before it runs.</summary>
    /// <value>All levels.</value>
    public GraphOptimizationLevel Optimization { get; init; } = GraphOptimizationLevel.ORT_ENABLE_ALL;

    /// <summary>Entries of the session's configuration, such as <c>session.qdq_matmulnbits_accuracy_level</c>.</summary>
    /// <value>None.</value>
    public IReadOnlyDictionary<string, string> ConfigEntries { get; init; } = new Dictionary<string, string>();

    /// <summary>Where ONNX Runtime writes the graph that it really runs, to see what was fused.</summary>
    /// <value>Null: it writes none.</value>
    public string? OptimizedModelPath { get; init; }

    internal SessionOptions ToSessionOptions()
    {
        var options = new SessionOptions
        {
            GraphOptimizationLevel = Optimization,
            // What it would say on the console below this level is told by exceptions, or is advice to itself.
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        if (IntraOpThreads > 0)
        {
            options.IntraOpNumThreads = IntraOpThreads;
        }
        if (OptimizedModelPath is not null)
        {
            options.OptimizedModelFilePath = OptimizedModelPath;
        }
        foreach (var (key, value) in ConfigEntries)
        {
            options.AddSessionConfigEntry(key, value);
        }
        return options;
    }
}
