// SPDX-License-Identifier: MIT
using MLNetExtensions.Numerics;
using MLNetExtensions.Onnx;

namespace MLNetExtensions.Networks;

/// <summary>A layer, usually a composition of many, with the layout of its parameters in one vector.</summary>
/// <remarks>One object serves one thread; replicas made by the same factory share a parameter vector.</remarks>
public sealed class Network
{
    private readonly HashSet<ILayer> _layers = new(ReferenceEqualityComparer.Instance);

    /// <summary>Takes a layer as the whole network.</summary>
    /// <exception cref="ArgumentException">A layer object occurs twice.</exception>
    public Network(ILayer root)
    {
        ArgumentNullException.ThrowIfNull(root);
        Root = root;
        Collect(root);
        ParameterCount = root.Parameters.Aggregate(0, (sum, tensor) => checked(sum + tensor.Length));
    }

    /// <summary>The outermost layer.</summary>
    public ILayer Root { get; }

    /// <summary>The length of the parameter vector.</summary>
    public int ParameterCount { get; }

    /// <summary>The tensors of the parameter vector, in order.</summary>
    public IReadOnlyList<ParameterTensor> Parameters => Root.Parameters;

    /// <summary>Whether a layer object of this network is also one of another: then they can't run on two threads.</summary>
    public bool SharesLayersWith(Network other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return _layers.Overlaps(other._layers);
    }

    /// <summary>New parameters, drawn by seed; each tensor draws from a stream of its own.</summary>
    public float[] Initialize(ulong seed)
    {
        float[] values = new float[ParameterCount];
        int offset = 0;
        for (int i = 0; i < Parameters.Count; i++)
        {
            Parameters[i].Initialization.Fill(new RandomStream(seed, 0x1A7E5, (ulong)i), values.AsMemory(offset, Parameters[i].Length));
            offset += Parameters[i].Length;
        }
        return values;
    }

    /// <summary>Computes the outputs of a batch.</summary>
    /// <param name="parameters">The parameter vector.</param>
    /// <param name="input">Rows x inputs; it stays as it is until <see cref="Backward"/> has run.</param>
    /// <param name="pass">Training or scoring.</param>
    /// <returns>Rows x outputs, in a buffer that the next pass overwrites.</returns>
    /// <exception cref="ArgumentException">The vector or the rows have another length.</exception>
    public DenseMatrix Forward(ReadOnlySpan<float> parameters, DenseMatrix input, in LayerPass pass)
    {
        ArgumentNullException.ThrowIfNull(input);
        Check(parameters.Length, nameof(parameters));
        if (input.Columns != Root.Inputs)
        {
            throw new ArgumentException($"The rows have {input.Columns} values; the network takes {Root.Inputs}.", nameof(input));
        }
        return Root.Forward(parameters, input, pass);
    }

    /// <summary>Adds the derivative by the parameters for the batch of the last <see cref="Forward"/>.</summary>
    /// <param name="parameters">The parameter vector, unchanged since.</param>
    /// <param name="outputGradient">The derivative of the loss by the outputs; it may be overwritten.</param>
    /// <param name="parameterGradient">A vector like that of the parameters, to which is added.</param>
    /// <exception cref="ArgumentException">A vector has another length.</exception>
    public void Backward(ReadOnlySpan<float> parameters, DenseMatrix outputGradient, Span<float> parameterGradient)
    {
        ArgumentNullException.ThrowIfNull(outputGradient);
        Check(parameters.Length, nameof(parameters));
        Check(parameterGradient.Length, nameof(parameterGradient));
        Root.Backward(parameters, outputGradient, parameterGradient, needsInputGradient: false);
    }

    /// <summary>Adds the network, as it scores, to an ONNX graph of opset 17 or later.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="input">A float value of N x inputs.</param>
    /// <param name="parameters">The parameter vector.</param>
    /// <returns>The name of the value of N x outputs.</returns>
    /// <exception cref="ArgumentException">The vector has another length.</exception>
    public string Export(OnnxGraphBuilder graph, string input, ReadOnlySpan<float> parameters)
    {
        ArgumentNullException.ThrowIfNull(graph);
        Check(parameters.Length, nameof(parameters));
        string output = Root.Export(graph, input, parameters);
        // A graph's output may not be its input.
        return output == input ? graph.Node("Identity", [input]) : output;
    }

    private void Collect(ILayer layer)
    {
        if (!_layers.Add(layer))
        {
            throw new ArgumentException($"One {layer.GetType().Name} object occurs twice in the network. It keeps the activations of its last pass, so make another one.", nameof(layer));
        }
        foreach (var part in layer.Layers)
        {
            Collect(part);
        }
    }

    private void Check(int length, string argument)
    {
        if (length != ParameterCount)
        {
            throw new ArgumentException($"The vector has {length} values; the network has {ParameterCount} parameters.", argument);
        }
    }
}
