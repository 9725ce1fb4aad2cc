// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx.Protobuf;
using MLNetExtensions.Quantization.Opsets;

namespace MLNetExtensions.Quantization.Weights;

/// <summary>An operator that reads a tensor of weights, directly or through operators that only move weights about.</summary>
/// <param name="Graph">The graph that the operator stands in.</param>
/// <param name="Node">The operator.</param>
/// <param name="Input">Which of its inputs.</param>
/// <param name="Axes">For each axis of what the operator reads, the axis of the tensor that it was; -1 where that is lost.</param>
/// <param name="IsDirect">Whether nothing stands between.</param>
internal sealed record WeightUse(GraphProto Graph, NodeProto Node, int Input, int[] Axes, bool IsDirect)
{
    /// <summary>What the operator does with the weights; null where it is not one whose weights are quantized.</summary>
    public WeightRole? Role { get; } = RoleOf(Node, Input);

    /// <summary>The operator and its name, for people.</summary>
    public string Description { get; } = $"{Node.OpType} '{(Node.Name.Length > 0 ? Node.Name : Node.Output.FirstOrDefault())}'";

    /// <summary>The axis of the tensor that the operator sums over; -1 where there is none or it is lost.</summary>
    public int SummedAxis => Original(Role switch
    {
        WeightRole.RightMatrix when Node.OpType == "Gemm" => Node.Integer("transB", 0) != 0 ? 1 : 0,
        WeightRole.LeftMatrix when Node.OpType == "Gemm" => Node.Integer("transA", 0) != 0 ? 0 : 1,
        WeightRole.RightMatrix => Axes.Length - 2,
        WeightRole.LeftMatrix => Axes.Length - 1,
        WeightRole.Filters => 1,
        WeightRole.TransposedFilters => 0,
        WeightRole.Recurrence => 2,
        WeightRole.Table => GatheredAxis == Axes.Length - 1 ? 0 : Axes.Length - 1,
        _ => -1,
    });

    /// <summary>The axis of the tensor that counts outputs; -1 where there is none or it is lost.</summary>
    public int KernelAxis => Original(Role switch
    {
        WeightRole.RightMatrix when Node.OpType == "Gemm" => Node.Integer("transB", 0) != 0 ? 0 : 1,
        WeightRole.LeftMatrix when Node.OpType == "Gemm" => Node.Integer("transA", 0) != 0 ? 1 : 0,
        WeightRole.RightMatrix => Axes.Length - 1,
        WeightRole.LeftMatrix => Axes.Length - 2,
        WeightRole.Filters => 0,
        WeightRole.TransposedFilters => 1,
        WeightRole.Recurrence => 1,
        WeightRole.Table => GatheredAxis,
        _ => -1,
    });

    private int GatheredAxis => (int)(Node.Integer("axis", 0) is < 0 and var axis ? axis + Axes.Length : Node.Integer("axis", 0));

    private int Original(int axis) => axis >= 0 && axis < Axes.Length ? Axes[axis] : -1;

    private static WeightRole? RoleOf(NodeProto node, int input) => node.Domain is not ("" or "ai.onnx") ? null : (node.OpType, input) switch
    {
        ("MatMul" or "Gemm", 1) => WeightRole.RightMatrix,
        ("MatMul" or "Gemm", 0) => WeightRole.LeftMatrix,
        ("Conv", 1) => WeightRole.Filters,
        ("ConvTranspose", 1) => WeightRole.TransposedFilters,
        ("GRU" or "LSTM" or "RNN", 1 or 2) => WeightRole.Recurrence,
        ("Gather", 0) => WeightRole.Table,
        _ => null,
    };
}
