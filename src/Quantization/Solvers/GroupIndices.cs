// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Quantization.Solvers;

/// <summary>Where the weights of one group lie: <paramref name="Runs"/> runs of <paramref name="Length"/> neighbours, <paramref name="Stride"/> apart.</summary>
internal readonly record struct GroupIndices(int Start, int Runs, int Length, int Stride)
{
    public int Count => Runs * Length;

    public bool IsContiguous => Runs == 1;

    public static GroupIndices Of(GroupLayout layout, int group)
    {
        if (layout.BlockSize == 0)
        {
            return layout.Inner == 1 && layout.Axis == 1
                ? new(0, 1, layout.Outer, 1)
                : new(group * layout.Inner, layout.Outer, layout.Inner, layout.Axis * layout.Inner);
        }
        (int line, int inner) = Math.DivRem(group, layout.Inner);
        (int outer, int block) = Math.DivRem(line, layout.BlocksPerLine);
        int first = block * layout.BlockSize;
        int length = Math.Min(layout.BlockSize, layout.Axis - first);
        int start = (((outer * layout.Axis) + first) * layout.Inner) + inner;
        return layout.Inner == 1 ? new(start, 1, length, 1) : new(start, length, 1, layout.Inner);
    }

    public void Gather(ReadOnlySpan<float> source, Span<float> group)
    {
        for (int run = 0; run < Runs; run++)
        {
            source.Slice(Start + (run * Stride), Length).CopyTo(group.Slice(run * Length, Length));
        }
    }

    public void Scatter(ReadOnlySpan<sbyte> group, Span<sbyte> target)
    {
        for (int run = 0; run < Runs; run++)
        {
            group.Slice(run * Length, Length).CopyTo(target.Slice(Start + (run * Stride), Length));
        }
    }
}
