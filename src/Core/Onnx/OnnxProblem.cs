// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Onnx;

/// <summary>Something that is wrong with a model.</summary>
/// <param name="Kind">What rule is broken.</param>
/// <param name="Where">The graph, node, tensor or value at fault.</param>
/// <param name="Message">What was found and what was needed.</param>
public sealed record OnnxProblem(OnnxProblemKind Kind, string Where, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Where}: {Message}";
}
