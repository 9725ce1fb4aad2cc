// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx.Protobuf;
using DataType = MLNetExtensions.Onnx.Protobuf.TensorProto.Types.DataType;

namespace MLNetExtensions.Onnx;

/// <summary>Builds a graph, or a subgraph, step by step: inputs, constants, nodes in the order in which they run, outputs. Each step returns the name of the value that it made.</summary>
/// <example><code>
/// var graph = new OnnxGraphBuilder("linear");
/// graph.Input("x", DataType.Float, "N", 4);
/// string y = graph.Node("MatMul", ["x", graph.Initializer("w", [4, 2], weights)]);
/// graph.Output(y, DataType.Float, "N", 2);
/// ModelProto model = graph.ToModel(opset: 21);
/// </code></example>
public sealed class OnnxGraphBuilder
{
    /// <summary>What a model of this library says made it.</summary>
    public const string ProducerName = "MLNetExtensions";

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly List<FunctionProto> _functions = [];
    private readonly Dictionary<string, long> _domains = new(StringComparer.Ordinal);
    private readonly List<StringStringEntryProto> _metadata = [];
    private readonly OnnxGraphBuilder? _outer;

    /// <summary>Begins a graph.</summary>
    public OnnxGraphBuilder(string name = "graph") => Graph = new GraphProto { Name = name };

    private OnnxGraphBuilder(string name, OnnxGraphBuilder outer)
        : this(name) => _outer = outer;

    /// <summary>The graph as it is so far.</summary>
    public GraphProto Graph { get; }

    /// <summary>A builder for a subgraph of a node of this graph: it sees this graph's values and takes names that clash with none of them.</summary>
    public OnnxGraphBuilder Subgraph(string name) => new(name, this);

    /// <summary>A name that nothing bears yet; the given one if it is free.</summary>
    public string UniqueName(string wanted)
    {
        ArgumentException.ThrowIfNullOrEmpty(wanted);
        string name = wanted;
        for (int number = 1; IsTaken(name); number++)
        {
            name = $"{wanted}_{number}";
        }
        return name;
    }

    /// <summary>Adds an input. A dimension is a number, a name for a size that varies, or null where nothing is known.</summary>
    public string Input(string name, DataType type, params object?[] dimensions)
    {
        Graph.Input.Add(OnnxTypes.Value(Claim(name), type, dimensions));
        return name;
    }

    /// <summary>Makes a value an output. A dimension is a number, a name for a size that varies, or null where nothing is known.</summary>
    public OnnxGraphBuilder Output(string name, DataType type, params object?[] dimensions)
    {
        if (!IsTaken(name))
        {
            throw new ArgumentException($"There is no value '{name}' to be an output; make it first.", nameof(name));
        }
        Graph.Output.Add(OnnxTypes.Value(name, type, dimensions));
        return this;
    }

    /// <summary>Adds a constant.</summary>
    public string Initializer(TensorProto tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        Claim(tensor.Name);
        Graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    /// <summary>Adds a FLOAT constant.</summary>
    public string Initializer(string name, long[] dimensions, ReadOnlySpan<float> values) => Initializer(OnnxTypes.Tensor(name, dimensions, values));

    /// <summary>Adds an INT64 constant.</summary>
    public string Initializer(string name, long[] dimensions, ReadOnlySpan<long> values) => Initializer(OnnxTypes.Tensor(name, dimensions, values));

    /// <summary>Adds a constant as a <c>Constant</c> node; ML.NET accepts 4-bit and 16-bit float types only in this form.</summary>
    public string Constant(TensorProto tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return Node("Constant", [], [tensor.Name], attributes: new Dictionary<string, object> { ["value"] = tensor })[0];
    }

    /// <summary>Adds a node with one output and returns the output's name.</summary>
    /// <param name="operation">The operator, such as <c>MatMul</c>.</param>
    /// <param name="inputs">Names of values; an empty one leaves an optional input out.</param>
    /// <param name="output">The output's name; a free one is made from the operator's if there is none.</param>
    /// <param name="attributes">Attributes by name, of the types that <see cref="OnnxTypes.Attribute"/> takes.</param>
    /// <param name="domain">The operator's domain; the standard one is empty.</param>
    public string Node(string operation, string[] inputs, string? output = null, IReadOnlyDictionary<string, object>? attributes = null, string domain = "") =>
        Node(operation, inputs, [output ?? UniqueName(operation + "_out")], attributes, domain)[0];

    /// <summary>Adds a node and returns its outputs' names.</summary>
    public IReadOnlyList<string> Node(string operation, string[] inputs, string[] outputs, IReadOnlyDictionary<string, object>? attributes = null, string domain = "")
    {
        ArgumentException.ThrowIfNullOrEmpty(operation);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(outputs);
        foreach (string input in inputs.Where(input => input.Length > 0 && !IsTaken(input)))
        {
            throw new ArgumentException($"Node {operation} reads '{input}', which nothing has made yet.", nameof(inputs));
        }
        var node = new NodeProto { OpType = operation, Name = $"{operation}_{Graph.Node.Count}" };
        if (domain.Length > 0)
        {
            node.Domain = domain;
        }
        node.Input.Add(inputs);
        node.Output.Add(outputs.Select(output => output.Length > 0 ? Claim(output) : ""));
        foreach (var (name, value) in attributes ?? new Dictionary<string, object>())
        {
            node.Attribute.Add(OnnxTypes.Attribute(name, value));
        }
        Graph.Node.Add(node);
        return outputs;
    }

    /// <summary>States the version of a further operator domain, such as <c>com.microsoft</c>.</summary>
    public OnnxGraphBuilder Domain(string domain, long version)
    {
        _domains[domain] = version;
        return this;
    }

    /// <summary>Adds metadata to the model.</summary>
    public OnnxGraphBuilder Metadata(string key, string value)
    {
        _metadata.Add(new StringStringEntryProto { Key = key, Value = value });
        return this;
    }

    /// <summary>Adds an operator that the model defines itself.</summary>
    public OnnxGraphBuilder Function(FunctionProto function)
    {
        _functions.Add(function);
        return this;
    }

    /// <summary>The whole model. Its IR version is the oldest that knows its opset and types.</summary>
    /// <param name="opset">The version of the standard operators.</param>
    /// <param name="irVersion">The IR version, or 0 to choose it.</param>
    public ModelProto ToModel(long opset = 21, long irVersion = 0)
    {
        if (_outer is not null)
        {
            throw new InvalidOperationException("A subgraph is no model; give its Graph to an attribute of a node.");
        }
        var model = new ModelProto { ProducerName = ProducerName, Graph = Graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = opset });
        model.OpsetImport.Add(_domains.Select(domain => new OperatorSetIdProto { Domain = domain.Key, Version = domain.Value }));
        model.MetadataProps.Add(_metadata);
        model.Functions.Add(_functions);
        // Before IR version 4 every initializer had to be an input as well.
        model.IrVersion = irVersion > 0 ? irVersion : Math.Max(4, OnnxVersions.IrVersionFor(model));
        return model;
    }

    private bool IsTaken(string name) => _names.Contains(name) || (_outer?.IsTaken(name) ?? false);

    private string Claim(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (IsTaken(name))
        {
            throw new ArgumentException($"The name '{name}' is taken; UniqueName finds a free one.", nameof(name));
        }
        _names.Add(name);
        return name;
    }
}
