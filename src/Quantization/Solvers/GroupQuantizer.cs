// SPDX-License-Identifier: MIT
using System.Buffers;

namespace MLNetExtensions.Quantization.Solvers;

/// <summary>Quantizes a tensor group by group, in parallel. The result does not depend on the number of threads.</summary>
public static class GroupQuantizer
{
    /// <summary>Weights per portion of work: large enough to amortise a hand-over, small enough to share among threads.</summary>
    private const int PortionSize = 1 << 15;

    /// <summary>Quantizes all weights of a tensor.</summary>
    /// <param name="weights">The weights, row-major; all finite.</param>
    /// <param name="layout">Which of them share a scale.</param>
    /// <param name="form">What a group stores.</param>
    /// <param name="solver">Chooses the parameters of each group.</param>
    /// <param name="options">Threads, progress and cancellation.</param>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static QuantizedTensor Quantize(
        ReadOnlyMemory<float> weights, GroupLayout layout, QuantizationForm form, IScaleSolver solver, GroupQuantizerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(solver);
        options ??= new GroupQuantizerOptions();
        if (weights.Length != layout.Count)
        {
            throw new ArgumentException($"There are {weights.Length} weights; the layout is for {layout.Count}.", nameof(weights));
        }
        QuantizedGroup[] groups = new QuantizedGroup[layout.Groups];
        sbyte[] codes = new sbyte[layout.Count];
        int groupsPerPortion = Math.Clamp(PortionSize / layout.LargestGroup, 1, groups.Length);
        int portions = ((groups.Length - 1) / groupsPerPortion) + 1;
        double[] energies = new double[portions];
        int done = 0;
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = options.Threads, CancellationToken = options.CancellationToken };
        Parallel.For(0, portions, parallel, portion =>
        {
            int first = portion * groupsPerPortion;
            int count = Math.Min(groupsPerPortion, groups.Length - first);
            energies[portion] = QuantizePortion(weights.Span, layout, form, solver, first, groups.AsSpan(first, count), codes);
            options.Progress?.Report(Interlocked.Add(ref done, count));
        });
        double error = 0;
        foreach (QuantizedGroup group in groups)
        {
            error += group.SquaredError;
        }
        return new(layout, form, codes, groups, error, energies.Sum());
    }

    private static double QuantizePortion(
        ReadOnlySpan<float> weights, GroupLayout layout, QuantizationForm form, IScaleSolver solver, int first, Span<QuantizedGroup> groups, Span<sbyte> codes)
    {
        float[] gathered = ArrayPool<float>.Shared.Rent(layout.LargestGroup);
        sbyte[] encoded = ArrayPool<sbyte>.Shared.Rent(layout.LargestGroup);
        double energy = 0;
        for (int i = 0; i < groups.Length; i++)
        {
            GroupIndices indices = GroupIndices.Of(layout, first + i);
            if (indices.IsContiguous)
            {
                ReadOnlySpan<float> group = weights.Slice(indices.Start, indices.Count);
                groups[i] = solver.Solve(group, form);
                GroupCodes.Encode(group, groups[i], form, codes.Slice(indices.Start, indices.Count));
                energy += GridError.Energy(group);
            }
            else
            {
                Span<float> group = gathered.AsSpan(0, indices.Count);
                Span<sbyte> groupCodes = encoded.AsSpan(0, indices.Count);
                indices.Gather(weights, group);
                groups[i] = solver.Solve(group, form);
                GroupCodes.Encode(group, groups[i], form, groupCodes);
                indices.Scatter(groupCodes, codes);
                energy += GridError.Energy(group);
            }
        }
        ArrayPool<float>.Shared.Return(gathered);
        ArrayPool<sbyte>.Shared.Return(encoded);
        return energy;
    }
}
