// SPDX-License-Identifier: MIT
using MLNetExtensions.Quantization.Opsets;
using MLNetExtensions.Quantization.Weights;

namespace MLNetExtensions.Quantization.Planning;

/// <summary>Chooses the layout of a tensor for the operator that matters most among its readers.</summary>
internal static class LayoutChoice
{
    /// <summary>The reader whose axes decide: matrices before filters, filters before recurrences, tables last.</summary>
    public static WeightUse? Decisive(WeightTensor weight) => weight.Uses.Where(use => use.Role is not null).MinBy(use => use.Role);

    /// <summary>Whether every reader is a Gemm with this tensor as a transposed right matrix, so that it may be stored the other way round.</summary>
    public static bool IsStoredTransposed(WeightTensor weight) =>
        weight.Dimensions.Length == 2 && !weight.IsReadElsewhere
        && weight.Uses.TrueForAll(use => use is { IsDirect: true, Role: WeightRole.RightMatrix, Node.OpType: "Gemm" } && use.Node.Integer("transB", 0) != 0);

    /// <summary>The layout of codes for DequantizeLinear; null where the axes are lost on the way to the operator.</summary>
    public static WeightLayout? ForDequantizing(WeightTensor weight, WeightUse use, OnnxQuantizationOptions options)
    {
        int[] seen = [.. weight.Dimensions.Select(size => checked((int)size))];
        bool flips = IsStoredTransposed(weight);
        if (flips)
        {
            seen = [seen[1], seen[0]];
        }
        if (options.Grouping == WeightGrouping.PerTensor)
        {
            return InOwnOrder(weight, new WeightLayout { Dimensions = seen });
        }
        bool perBlock = options.Grouping == WeightGrouping.PerBlock;
        if (use.Role is WeightRole.Filters or WeightRole.TransposedFilters && !use.IsDirect)
        {
            return null;
        }
        switch (use.Role)
        {
            case WeightRole.Filters when perBlock:
                return Flat(seen, [seen[0], seen.Skip(1).Aggregate(1, Times)], null, options.BlockSize, [("Reshape", seen)]);
            case WeightRole.TransposedFilters when perBlock || use.Node.Integer("group", 1) > 1:
                return TransposedFilters(seen, (int)use.Node.Integer("group", 1), perBlock ? options.BlockSize : 0);
            case WeightRole.Recurrence when !perBlock && use.IsDirect && seen is [> 1, _, _]:
                return Flat(seen, [seen[0] * seen[1], seen[2]], 0, 0, [("Reshape", seen)]);
        }
        int axis = perBlock ? use.SummedAxis : use.KernelAxis;
        if (axis < 0 || axis >= seen.Length)
        {
            return null;
        }
        return InOwnOrder(weight, new WeightLayout { Dimensions = seen, Axis = flips ? 1 - axis : axis, BlockSize = perBlock ? options.BlockSize : 0 });
    }

    private static WeightLayout Flat(int[] seen, int[] dimensions, int? kernelAxis, int blockSize, IReadOnlyList<(string, int[])> finish) => new()
    {
        Dimensions = dimensions,
        Axis = kernelAxis ?? dimensions.Length - 1,
        BlockSize = blockSize,
        Finish = seen.SequenceEqual(dimensions) ? [] : finish,
    };

    // Filters lie as [in, out / groups, taps...]; all weights of one output come together as [groups * (out / groups), (in / groups) * taps].
    private static WeightLayout? TransposedFilters(int[] seen, int groups, int blockSize)
    {
        if (groups < 1 || seen.Length < 3 || seen[0] % groups != 0)
        {
            return null;
        }
        int taps = seen.Skip(2).Aggregate(1, Times);
        var arrangement = new Arrangement([groups, seen[0] / groups, seen[1], taps], [0, 2, 1, 3]);
        return new WeightLayout
        {
            Dimensions = [groups * seen[1], seen[0] / groups * taps],
            Axis = blockSize > 0 ? 1 : 0,
            BlockSize = blockSize,
            Arrangement = arrangement,
            Finish = [("Reshape", arrangement.NewDimensions), ("Transpose", [0, 2, 1, 3]), ("Reshape", seen)],
        };
    }

    /// <summary>Adds the arrangement where a matrix is stored the other way round than it stood.</summary>
    private static WeightLayout InOwnOrder(WeightTensor weight, WeightLayout layout)
    {
        bool flips = weight.IsTransposed ^ IsStoredTransposed(weight);
        return flips ? layout with { Arrangement = Arrangement.Transpose(layout.Dimensions[1], layout.Dimensions[0]) } : layout;
    }

    private static int Times(int a, int b) => checked(a * b);
}
