// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx.Protobuf;
using MLNetExtensions.Quantization.Opsets;

namespace MLNetExtensions.Quantization.Weights;

/// <summary>Weights on their way to the operator that uses them, through operators that only move them about.</summary>
/// <param name="Weight">The tensor that they come from.</param>
/// <param name="Axes">For each axis of the value here, the axis of the tensor that it was; -1 where that is lost.</param>
/// <param name="IsDirect">Whether the value is the tensor itself.</param>
internal sealed record WeightTrace(WeightTensor Weight, int[] Axes, bool IsDirect)
{
    public static WeightTrace Start(WeightTensor weight) => new(weight, [.. Enumerable.Range(0, weight.Dimensions.Length)], true);

    /// <summary>What leaves a node that these weights enter; null where they are more than moved.</summary>
    /// <param name="node">The node.</param>
    /// <param name="input">Which of its inputs they enter.</param>
    /// <param name="integers">The integers of a constant by name; null where it is none.</param>
    public WeightTrace? Through(NodeProto node, int input, Func<string, long[]?> integers)
    {
        if (node.Domain is not ("" or "ai.onnx"))
        {
            return null;
        }
        return (node.OpType, input) switch
        {
            ("Identity" or "Slice" or "Split", 0) or ("Concat", _) => this with { IsDirect = false },
            ("Transpose", 0) => Transposed(node),
            ("Unsqueeze", 0) when AxesOf(node, integers) is { } axes => Unsqueezed(axes),
            ("Squeeze", 0) when AxesOf(node, integers) is { } axes => Squeezed(axes),
            _ => null,
        };
    }

    private WeightTrace? Transposed(NodeProto node)
    {
        var permutation = node.Find("perm")?.Ints;
        if (permutation is not null && (permutation.Count != Axes.Length || permutation.Any(axis => axis < 0 || axis >= Axes.Length)))
        {
            return null;
        }
        return new(Weight, permutation is null ? [.. Axes.Reverse()] : [.. permutation.Select(axis => Axes[axis])], false);
    }

    private WeightTrace? Unsqueezed(long[] inserted)
    {
        int rank = Axes.Length + inserted.Length;
        var places = inserted.Select(axis => axis < 0 ? axis + rank : axis).ToHashSet();
        if (places.Count != inserted.Length || places.Any(axis => axis < 0 || axis >= rank))
        {
            return null;
        }
        int next = 0;
        return new(Weight, [.. Enumerable.Range(0, rank).Select(axis => places.Contains(axis) ? -1 : Axes[next++])], false);
    }

    private WeightTrace Squeezed(long[] removed) =>
        new(Weight, [.. Axes.Where((_, axis) => !removed.Contains(axis) && !removed.Contains(axis - Axes.Length))], false);

    private static long[]? AxesOf(NodeProto node, Func<string, long[]?> integers) =>
        node.Find("axes") is { } attribute ? [.. attribute.Ints] : node.Input.Count > 1 ? integers(node.Input[1]) : null;
}
