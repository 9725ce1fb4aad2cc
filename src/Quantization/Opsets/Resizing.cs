// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx.Protobuf;

namespace MLNetExtensions.Quantization.Opsets;

/// <summary>Upsample became Resize, and Resize learned how coordinates map; what it did before is asymmetric, rounded down.</summary>
internal static class Resizing
{
    public static string? ScalesToInput(NodeProto node, RaiseScope scope)
    {
        float[] scales = [.. node.Find("scales")?.Floats ?? []];
        Attributes.SetInput(node, 1, scope.Constant(node, "scales", scales, isScalar: false));
        node.Remove("scales");
        return null;
    }

    public static string? UpsampleToResize(NodeProto node, RaiseScope scope)
    {
        node.OpType = "Resize";
        return null;
    }

    public static string? At11(NodeProto node, RaiseScope scope)
    {
        if (node.Text("mode", "nearest") == "nearest")
        {
            if (scope.SinglesOf(node.Input[1]) is not { } scales || scales.Any(scale => scale < 1))
            {
                return "nearest neighbours of a reduction were rounded in another way";
            }
            node.SetText("nearest_mode", "floor");
        }
        node.SetText("coordinate_transformation_mode", "asymmetric");
        node.Input.Insert(1, "");
        return null;
    }

    public static string? At13(NodeProto node, RaiseScope scope) =>
        node.Text("coordinate_transformation_mode", "half_pixel") == "tf_half_pixel_for_nn" ? "tf_half_pixel_for_nn was dropped" : null;
}
