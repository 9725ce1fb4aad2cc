// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Onnx.Running;

/// <summary>ONNX Runtime could not open a model, or could not run it on the tensors that it was given.</summary>
public sealed class OnnxSessionException : InvalidOperationException
{
    /// <summary>Names the model and says what went wrong.</summary>
    public OnnxSessionException(string model, string message, Exception? innerException = null)
        : base(message, innerException) => Model = model;

    /// <summary>The file of the model, or what it is called where it has no file.</summary>
    public string Model { get; }
}
