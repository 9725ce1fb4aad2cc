// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Onnx;

/// <summary>An ONNX model that cannot be used as it is: truncated, corrupt, hostile, or contradicting itself.</summary>
public sealed class OnnxFormatException : FormatException
{
    /// <summary>Says what is wrong, and where.</summary>
    /// <param name="where">The file, tensor, node or field at fault.</param>
    /// <param name="problem">What was found and what was needed.</param>
    /// <param name="inner">The error that uncovered it, if any.</param>
    public OnnxFormatException(string where, string problem, Exception? inner = null)
        : base($"{where}: {problem}", inner) => Where = where;

    /// <summary>The file, tensor, node or field at fault, as the message begins.</summary>
    public string Where { get; }
}
