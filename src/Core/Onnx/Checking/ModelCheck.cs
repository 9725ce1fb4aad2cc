// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx.Protobuf;

namespace MLNetExtensions.Onnx.Checking;

/// <summary>The rules for a model as a whole; graphs and tensors have checks of their own.</summary>
internal sealed class ModelCheck(OnnxModel model)
{
    private readonly List<OnnxProblem> _problems = [];
    private readonly ModelProto _proto = model.Proto;

    public IReadOnlyList<OnnxProblem> Problems => _problems;

    public long IrVersion => _proto.IrVersion;

    public void Run()
    {
        CheckVersions();
        if (_proto.Graph is null)
        {
            Report(OnnxProblemKind.Missing, "model", "it has no graph");
            return;
        }
        var opsets = OpsetsOf(_proto.OpsetImport, "model");
        new GraphCheck(this, opsets).Check(_proto.Graph, "graph", isMain: true);
        foreach (var (training, index) in _proto.TrainingInfo.Select((training, index) => (training, index)))
        {
            var seen = GraphScope.DefinedBy(_proto.Graph).ToHashSet(StringComparer.Ordinal);
            new GraphCheck(this, opsets, seen).Check(training.Initialization ?? new GraphProto(), $"training_info[{index}].initialization");
            new GraphCheck(this, opsets, seen).Check(training.Algorithm ?? new GraphProto(), $"training_info[{index}].algorithm");
        }
        var functions = new HashSet<(string, string, string)>();
        foreach (var function in _proto.Functions)
        {
            string where = $"function '{function.Domain}.{function.Name}'";
            if (!functions.Add((function.Domain, function.Name, function.Overload)))
            {
                Report(OnnxProblemKind.DuplicateName, where, "the model defines it twice");
            }
            new GraphCheck(this, OpsetsOf(function.OpsetImport, where)).Check(function, where);
        }
    }

    public void Report(OnnxProblemKind kind, string where, string message) => _problems.Add(new OnnxProblem(kind, where, message));

    /// <summary>Checks a constant: known type, elements that fit the shape, a model new enough for the type.</summary>
    public void CheckTensor(TensorProto tensor, string where)
    {
        if (!CheckType(tensor.DataType, where))
        {
            return;
        }
        try
        {
            if (tensor.DataType != (int)TensorProto.Types.DataType.String)
            {
                model.DataOf(tensor);
            }
            else if (TensorElements.ElementCount(tensor) != tensor.StringData.Count)
            {
                Report(OnnxProblemKind.Tensor, where, $"it holds {tensor.StringData.Count} strings; shape [{string.Join(", ", tensor.Dims)}] takes {TensorElements.ElementCount(tensor)}");
            }
        }
        catch (OnnxFormatException error)
        {
            Report(OnnxProblemKind.Tensor, where, error.Message);
        }
    }

    /// <summary>Whether an element type is known; a model too old for it is reported.</summary>
    public bool CheckType(int dataType, string where)
    {
        if (!TensorTypes.IsKnown(dataType))
        {
            Report(OnnxProblemKind.Type, where, $"element type {TensorTypes.NameOf(dataType)} is not known");
            return false;
        }
        if (IrVersion < TensorTypes.FirstIrVersion(dataType))
        {
            Report(OnnxProblemKind.IrVersion, where, $"{TensorTypes.NameOf(dataType)} needs IR version {TensorTypes.FirstIrVersion(dataType)}; the model has {IrVersion}");
        }
        return true;
    }

    private void CheckVersions()
    {
        if (!_proto.HasIrVersion || IrVersion < 1)
        {
            Report(OnnxProblemKind.Missing, "model", "it has no IR version");
        }
        else if (IrVersion > OnnxVersions.NewestIrVersion)
        {
            Report(OnnxProblemKind.IrVersion, "model", $"IR version {IrVersion} is newer than {OnnxVersions.NewestIrVersion}, the newest that this library knows");
        }
        if (_proto.OpsetImport.Count == 0 && IrVersion >= 3)
        {
            Report(OnnxProblemKind.Opset, "model", "it imports no operator set");
        }
        foreach (var key in _proto.MetadataProps.GroupBy(entry => entry.Key, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            Report(OnnxProblemKind.DuplicateName, "model", $"metadata '{key.Key}' stands {key.Count()} times");
        }
    }

    private Dictionary<string, long> OpsetsOf(IEnumerable<OperatorSetIdProto> imports, string where)
    {
        var opsets = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var import in imports)
        {
            if (!opsets.TryAdd(OnnxVersions.Normalise(import.Domain), import.Version))
            {
                Report(OnnxProblemKind.Opset, where, $"operator domain '{import.Domain}' is imported twice");
            }
            if (import.Version < 1)
            {
                Report(OnnxProblemKind.Opset, where, $"operator domain '{import.Domain}' is imported as version {import.Version}");
            }
        }
        return opsets;
    }
}
