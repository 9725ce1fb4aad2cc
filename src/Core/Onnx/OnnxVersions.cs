// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx.Protobuf;

namespace MLNetExtensions.Onnx;

/// <summary>Which IR version goes with which opset and which element types.</summary>
public static class OnnxVersions
{
    /// <summary>The newest IR version whose messages are known here.</summary>
    public const long NewestIrVersion = 14;

    // The opset of each ONNX release that brought a new IR version.
    private static readonly (long Opset, long Ir)[] FirstOpsets = [(1, 3), (9, 4), (10, 5), (11, 6), (12, 7), (15, 8), (19, 9), (21, 10), (23, 11), (24, 12), (25, 13)];

    /// <summary>The version of a domain's operators that a model imports, 0 if it imports none. <c>ai.onnx</c> is another name of the standard domain.</summary>
    public static long OpsetOf(ModelProto model, string domain = "")
    {
        ArgumentNullException.ThrowIfNull(model);
        string wanted = Normalise(domain);
        return model.OpsetImport.Where(import => Normalise(import.Domain) == wanted).Select(import => import.Version).DefaultIfEmpty(0).Max();
    }

    /// <summary>The oldest IR version that knows the model's standard opset and the types of its tensors and values.</summary>
    public static long IrVersionFor(ModelProto model)
    {
        ArgumentNullException.ThrowIfNull(model);
        long opset = OpsetOf(model);
        long byOpset = FirstOpsets.LastOrDefault(entry => entry.Opset <= Math.Max(1, opset)).Ir;
        long byTypes = GraphWalk.Tensors(model).Select(tensor => tensor.DataType).Concat(GraphWalk.ValueTypes(model)).Select(TensorTypes.FirstIrVersion).DefaultIfEmpty(1).Max();
        return Math.Max(byOpset, byTypes);
    }

    internal static string Normalise(string domain) => domain == "ai.onnx" ? "" : domain;
}
