// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx.Protobuf;

namespace MLNetExtensions.Quantization.Opsets;

/// <summary>Turns an attribute into the input that replaced it.</summary>
internal static class Attributes
{
    /// <summary>An integer or a list of them; nothing where the attribute is absent.</summary>
    public static string? ToInput(NodeProto node, RaiseScope scope, string name, int input, bool isList)
    {
        if (node.Find(name) is not { } attribute)
        {
            return null;
        }
        long[] values = attribute.Ints.Count > 0 ? [.. attribute.Ints] : isList && attribute.Type == AttributeProto.Types.AttributeType.Ints ? [] : [attribute.I];
        SetInput(node, input, scope.Constant(node, name, values, isScalar: false));
        node.Remove(name);
        return null;
    }

    /// <summary>A number of the element type of the node's first input.</summary>
    public static string? ToFloatInput(NodeProto node, RaiseScope scope, string name, int input)
    {
        if (node.Find(name) is not { } attribute)
        {
            return null;
        }
        if (!scope.IsSinglePrecision(node.Input[0]))
        {
            return $"the element type that {name} must have is not known";
        }
        SetInput(node, input, scope.Constant(node, name, [attribute.F]));
        node.Remove(name);
        return null;
    }

    public static void SetInput(NodeProto node, int index, string value)
    {
        while (node.Input.Count <= index)
        {
            node.Input.Add("");
        }
        node.Input[index] = value;
    }
}
