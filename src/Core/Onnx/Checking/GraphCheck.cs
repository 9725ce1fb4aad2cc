// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx.Protobuf;

namespace MLNetExtensions.Onnx.Checking;

/// <summary>The rules for graphs: one giver for each name over all scopes, givers before readers.</summary>
/// <param name="model">Where problems go.</param>
/// <param name="opsets">Versions of the operator domains that nodes may use.</param>
/// <param name="outer">Names of the graphs around.</param>
internal sealed class GraphCheck(ModelCheck model, IReadOnlyDictionary<string, long> opsets, IReadOnlySet<string>? outer = null)
{
    private readonly HashSet<string> _seen = new(outer ?? new HashSet<string>(), StringComparer.Ordinal);
    // Element types of constants, to hold against the operators that read them.
    private readonly Dictionary<string, int> _constants = new(StringComparer.Ordinal);
    private bool _inFunction;

    public void Check(GraphProto graph, string where, bool isMain = false)
    {
        foreach (var input in graph.Input)
        {
            Define(input.Name, $"{where}, input '{input.Name}'");
            CheckValue(input, $"{where}, input '{input.Name}'", typeNeeded: isMain);
        }
        CheckInitializers(graph, where);
        CheckNodes(graph.Node, where);
        foreach (var output in graph.Output)
        {
            if (!_seen.Contains(output.Name))
            {
                model.Report(OnnxProblemKind.Output, $"{where}, output '{output.Name}'", "nothing in the graph makes it");
            }
            CheckValue(output, $"{where}, output '{output.Name}'", typeNeeded: isMain);
        }
        foreach (var value in graph.ValueInfo)
        {
            CheckValue(value, $"{where}, value '{value.Name}'", typeNeeded: false);
        }
    }

    public void Check(FunctionProto function, string where)
    {
        _inFunction = true;
        foreach (string input in function.Input)
        {
            Define(input, $"{where}, input '{input}'");
        }
        CheckNodes(function.Node, where);
        foreach (string output in function.Output.Where(output => !_seen.Contains(output)))
        {
            model.Report(OnnxProblemKind.Output, $"{where}, output '{output}'", "nothing in the function makes it");
        }
    }

    private void CheckInitializers(GraphProto graph, string where)
    {
        var inputs = graph.Input.Select(input => input.Name).ToHashSet(StringComparer.Ordinal);
        var given = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tensor in graph.Initializer.Concat(graph.SparseInitializer.Where(sparse => sparse.Values is not null).Select(sparse => sparse.Values)))
        {
            string place = $"{where}, initializer '{tensor.Name}'";
            // An initializer that bears the name of an input is the input's default.
            if (!inputs.Contains(tensor.Name) || !given.Add(tensor.Name))
            {
                Define(tensor.Name, place);
            }
            _constants[tensor.Name] = tensor.DataType;
            model.CheckTensor(tensor, place);
        }
        foreach (var sparse in graph.SparseInitializer)
        {
            CheckSparse(sparse, $"{where}, sparse initializer '{sparse.Values?.Name}'");
        }
    }

    private void CheckSparse(SparseTensorProto sparse, string where)
    {
        if (sparse.Values is null || sparse.Indices is null)
        {
            model.Report(OnnxProblemKind.Missing, where, "a sparse tensor needs values and indices");
            return;
        }
        model.CheckTensor(sparse.Indices, where);
    }

    private void CheckNodes(IEnumerable<NodeProto> nodes, string where)
    {
        int index = 0;
        foreach (var node in nodes)
        {
            string place = node.Name.Length > 0 ? $"{where}, node '{node.Name}' ({node.OpType})" : $"{where}, node {index} ({node.OpType})";
            CheckNode(node, place);
            index++;
        }
    }

    private void CheckNode(NodeProto node, string where)
    {
        if (node.OpType.Length == 0)
        {
            model.Report(OnnxProblemKind.Missing, where, "it names no operator");
        }
        string domain = OnnxVersions.Normalise(node.Domain);
        bool known = opsets.TryGetValue(domain, out long opset);
        if (!known && model.IrVersion >= 3)
        {
            model.Report(OnnxProblemKind.Opset, where, $"its operator domain '{node.Domain}' is not imported");
        }
        foreach (string input in node.Input.Where(input => input.Length > 0))
        {
            if (!_seen.Contains(input))
            {
                model.Report(OnnxProblemKind.Order, where, $"it reads '{input}', which nothing before it makes");
            }
            if (known && domain.Length == 0 && _constants.TryGetValue(input, out int dataType))
            {
                CheckOpset(dataType, opset, where);
            }
        }
        new AttributeCheck(model, _inFunction).Check(node, where);
        foreach (var attribute in node.Attribute)
        {
            foreach (var tensor in GraphWalk.TensorsOf(attribute))
            {
                model.CheckTensor(tensor, $"{where}, attribute '{attribute.Name}'");
                if (known && domain.Length == 0)
                {
                    CheckOpset(tensor.DataType, opset, where);
                }
            }
            int number = 0;
            foreach (var inner in attribute.G is null ? attribute.Graphs : attribute.Graphs.Prepend(attribute.G))
            {
                new GraphCheck(model, opsets, _seen) { _inFunction = _inFunction }.Check(inner, $"{where}, {attribute.Name}{(number++ > 0 ? $"[{number}]" : "")}");
            }
        }
        foreach (string output in node.Output.Where(output => output.Length > 0))
        {
            Define(output, where);
        }
    }

    private void CheckOpset(int dataType, long opset, string where)
    {
        if (opset < TensorTypes.FirstOpset(dataType))
        {
            model.Report(OnnxProblemKind.Opset, where, $"standard operators take {TensorTypes.NameOf(dataType)} from opset {TensorTypes.FirstOpset(dataType)} on; the model imports {opset}");
        }
    }

    private void CheckValue(ValueInfoProto value, string where, bool typeNeeded)
    {
        int? elementType = value.Type?.ValueCase switch
        {
            TypeProto.ValueOneofCase.TensorType => value.Type.TensorType.ElemType,
            TypeProto.ValueOneofCase.SparseTensorType => value.Type.SparseTensorType.ElemType,
            _ => null,
        };
        if (elementType is { } type && (type != 0 || typeNeeded))
        {
            model.CheckType(type, where);
        }
        if (typeNeeded && (value.Type is null || value.Type.ValueCase == TypeProto.ValueOneofCase.None))
        {
            model.Report(OnnxProblemKind.Missing, where, "an input or output of the main graph needs a type");
        }
    }

    private void Define(string name, string where)
    {
        if (name.Length == 0)
        {
            model.Report(OnnxProblemKind.Missing, where, "it has no name");
        }
        else if (!_seen.Add(name))
        {
            model.Report(OnnxProblemKind.DuplicateName, where, $"the name '{name}' is already given in this graph or one around it");
        }
    }
}
