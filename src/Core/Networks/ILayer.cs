// SPDX-License-Identifier: MIT
using MLNetExtensions.Numerics;
using MLNetExtensions.Onnx;

namespace MLNetExtensions.Networks;

/// <summary>A differentiable function of rows with parameters: what networks are composed of. A layer of one's own is one class.</summary>
/// <remarks>
/// A layer owns the buffers of its activations, so one object serves one thread; it does not own its parameters. Those are a slice of one
/// long vector that all replicas of a network share, and their gradient is a slice of a vector of the same layout: that is what data-parallel
/// training adds up. After the first step nothing is allocated.
/// </remarks>
public interface ILayer
{
    /// <summary>The length of an input row.</summary>
    int Inputs { get; }

    /// <summary>The length of an output row.</summary>
    int Outputs { get; }

    /// <summary>The layers that it is composed of; the default is none.</summary>
    IReadOnlyList<ILayer> Layers => [];

    /// <summary>The parameters in the order in which they lie in the slice.</summary>
    IReadOnlyList<ParameterTensor> Parameters { get; }

    /// <summary>Computes the outputs of a batch.</summary>
    /// <param name="parameters">The layer's slice.</param>
    /// <param name="input">Rows x <see cref="Inputs"/>; it stays as it is until <see cref="Backward"/> has run.</param>
    /// <param name="pass">Training or scoring, and the random numbers of this pass.</param>
    /// <returns>Rows x <see cref="Outputs"/>, in a buffer that the layer's next pass overwrites, or the input itself; nobody else writes to it.</returns>
    DenseMatrix Forward(ReadOnlySpan<float> parameters, DenseMatrix input, in LayerPass pass);

    /// <summary>Computes gradients for the batch of the last <see cref="Forward"/>.</summary>
    /// <param name="parameters">The layer's slice, unchanged since.</param>
    /// <param name="outputGradient">The derivative of the loss by the outputs; the layer may overwrite it.</param>
    /// <param name="parameterGradient">The derivative by the parameters is added to it.</param>
    /// <param name="needsInputGradient">False for the first layer of a network: its result is not looked at, and null may be returned.</param>
    /// <returns>The derivative by the inputs, in a buffer of the layer's or in the one that was given.</returns>
    DenseMatrix? Backward(ReadOnlySpan<float> parameters, DenseMatrix outputGradient, Span<float> parameterGradient, bool needsInputGradient);

    /// <summary>Adds the layer, as it scores, to an ONNX graph of opset 17 or later.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="input">A float value of N x <see cref="Inputs"/>.</param>
    /// <param name="parameters">The layer's slice.</param>
    /// <returns>The name of the value of N x <see cref="Outputs"/>.</returns>
    string Export(OnnxGraphBuilder graph, string input, ReadOnlySpan<float> parameters);
}
