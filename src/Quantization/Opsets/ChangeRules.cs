// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx.Protobuf;

namespace MLNetExtensions.Quantization.Opsets;

/// <summary>What a node needs at the opsets that <see cref="OperatorChanges"/> marks. A rule returns null, or why the node can't be kept in meaning.</summary>
internal static class ChangeRules
{
    private static readonly Dictionary<(string Operator, int Opset), Func<NodeProto, RaiseScope, string?>> Rules = new()
    {
        [("BatchNormalization", 9)] = (node, _) => node.TakeInteger("spatial", 1) == 1 ? null : "spatial=0 has no later form",
        [("BatchNormalization", 14)] = (node, _) => node.Output.Skip(1).All(string.IsNullOrEmpty) ? null : "it is in training mode",
        [("AveragePool", 19)] = (node, _) => node.Integer("ceil_mode", 0) == 0 ? null : "ceil_mode counts other elements there",
        [("Dropout", 10)] = (node, _) => node.Output.Skip(1).All(string.IsNullOrEmpty) ? null : "its mask changed its type",
        [("Dropout", 12)] = (node, _) => Without(node, "ratio"),
        [("TopK", 10)] = (node, scope) => Attributes.ToInput(node, scope, "k", 1, isList: true),
        [("Slice", 10)] = SliceAt10,
        [("Clip", 11)] = (node, scope) => Attributes.ToFloatInput(node, scope, "min", 1) ?? Attributes.ToFloatInput(node, scope, "max", 2),
        [("Pad", 11)] = (node, scope) => Attributes.ToInput(node, scope, "pads", 1, isList: true) ?? Attributes.ToFloatInput(node, scope, "value", 2),
        [("Upsample", 9)] = Resizing.ScalesToInput,
        [("Upsample", 10)] = Resizing.UpsampleToResize,
        [("Resize", 11)] = Resizing.At11,
        [("Resize", 13)] = Resizing.At13,
        [("Scatter", 11)] = (node, _) => Renamed(node, "ScatterElements"),
        [("Softmax", 13)] = FlattenedSoftmax.Keep,
        [("LogSoftmax", 13)] = FlattenedSoftmax.Keep,
        [("Hardmax", 13)] = FlattenedSoftmax.Keep,
        [("ReduceSum", 13)] = AxesToInput,
        [("Squeeze", 13)] = AxesToInput,
        [("Unsqueeze", 13)] = AxesToInput,
        [("Split", 13)] = (node, scope) => Attributes.ToInput(node, scope, "split", 1, isList: true),
        [("Split", 18)] = SplitAt18,
        [("RoiAlign", 16)] = RoiAlignAt16,
        [("GridSample", 20)] = GridSampleAt20,
        [("DFT", 20)] = DftAt20,
        [("GroupNormalization", 21)] = (_, _) => "its scale and bias changed their shape",
        [("Scan", 9)] = (_, _) => "it had a batch dimension before",
    };

    static ChangeRules()
    {
        foreach (string reduction in (string[])["L1", "L2", "LogSum", "LogSumExp", "Max", "Mean", "Min", "Prod", "SumSquare"])
        {
            Rules.Add(("Reduce" + reduction, 18), AxesToInput);
        }
    }

    /// <summary>Changes a node to the form of an opset.</summary>
    public static string? Apply(NodeProto node, int opset, RaiseScope scope) => Rules[(node.OpType, opset)](node, scope);

    private static string? AxesToInput(NodeProto node, RaiseScope scope) => Attributes.ToInput(node, scope, "axes", 1, isList: true);

    private static string? SliceAt10(NodeProto node, RaiseScope scope) =>
        Attributes.ToInput(node, scope, "starts", 1, isList: true)
        ?? Attributes.ToInput(node, scope, "ends", 2, isList: true)
        ?? Attributes.ToInput(node, scope, "axes", 3, isList: true);

    private static string? SplitAt18(NodeProto node, RaiseScope scope)
    {
        if (node.Input.Count < 2 || node.Input[1].Length == 0)
        {
            node.SetInteger("num_outputs", node.Output.Count);
        }
        return null;
    }

    private static string? RoiAlignAt16(NodeProto node, RaiseScope scope)
    {
        node.SetText("coordinate_transformation_mode", "output_half_pixel");
        return null;
    }

    private static string? GridSampleAt20(NodeProto node, RaiseScope scope)
    {
        node.SetText("mode", node.Text("mode", "bilinear") switch { "bilinear" => "linear", "bicubic" => "cubic", var other => other });
        return null;
    }

    private static string? DftAt20(NodeProto node, RaiseScope scope)
    {
        long axis = node.TakeInteger("axis", 1);
        Attributes.SetInput(node, 2, scope.Constant(node, "axis", [axis], isScalar: true));
        return null;
    }

    private static string? Without(NodeProto node, string attribute)
    {
        node.Remove(attribute);
        return null;
    }

    private static string? Renamed(NodeProto node, string operatorType)
    {
        node.OpType = operatorType;
        return null;
    }
}
