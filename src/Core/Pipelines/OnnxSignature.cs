// SPDX-License-Identifier: MIT
using Microsoft.ML.OnnxRuntime;
using MLNetExtensions.Onnx.Running;

namespace MLNetExtensions.Pipelines;

/// <summary>What a model takes and gives: all that a schema needs to know of it.</summary>
/// <param name="Model">The model's name, for messages.</param>
/// <param name="Inputs">The inputs that must be fed.</param>
/// <param name="Outputs">The outputs.</param>
public sealed record OnnxSignature(string Model, IReadOnlyList<OnnxTensorInfo> Inputs, IReadOnlyList<OnnxTensorInfo> Outputs)
{
    /// <summary>Opens the model just long enough to see its inputs and outputs.</summary>
    /// <exception cref="OnnxSessionException">ONNX Runtime refuses the model.</exception>
    public static OnnxSignature Read(OnnxModelSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        using var session = source.Open(new OnnxSessionSettings { Optimization = GraphOptimizationLevel.ORT_DISABLE_ALL, IntraOpThreads = 1 });
        return Of(session);
    }

    /// <summary>The signature of an open model.</summary>
    public static OnnxSignature Of(OnnxSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return new OnnxSignature(session.Name, session.Inputs, session.Outputs);
    }
}
