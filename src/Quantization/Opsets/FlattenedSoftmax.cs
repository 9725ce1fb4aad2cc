// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx.Protobuf;

namespace MLNetExtensions.Quantization.Opsets;

/// <summary>Softmax and its like worked, before opset 13, on the matrix that the input becomes when flattened at the axis. From then on they work along the one axis.</summary>
internal static class FlattenedSoftmax
{
    public static string? Keep(NodeProto node, RaiseScope scope)
    {
        long axis = node.TakeInteger("axis", 1);
        if (axis == -1 || scope.RankOf(node.Input[0]) - 1 == axis)
        {
            node.SetInteger("axis", -1);
            return null;
        }
        string input = node.Input[0];
        string output = node.Output[0];
        string shape = scope.NewName(node, "shape");
        string matrix = scope.NewName(node, "matrix");
        string result = scope.NewName(node, "result");
        NodeProto flatten = new() { OpType = "Flatten", Name = matrix, Input = { input }, Output = { matrix } };
        flatten.SetInteger("axis", axis);
        scope.Before.Add(new NodeProto { OpType = "Shape", Name = shape, Input = { input }, Output = { shape } });
        scope.Before.Add(flatten);
        node.Input[0] = matrix;
        node.Output[0] = result;
        node.SetInteger("axis", -1);
        scope.After.Add(new NodeProto { OpType = "Reshape", Name = scope.NewName(node, "reshape"), Input = { result, shape }, Output = { output } });
        return null;
    }
}
