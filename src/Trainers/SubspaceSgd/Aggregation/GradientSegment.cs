// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SubspaceSgd.Aggregation;

/// <summary>A run of coordinates that share coefficients and that one thread combines at a time.</summary>
/// <param name="Group">Whose coefficients: 0 for the whole model, else the number of the tensor.</param>
/// <param name="Start">The first coordinate, within those that this rank combines.</param>
/// <param name="Length">How many coordinates.</param>
internal readonly record struct GradientSegment(int Group, int Start, int Length)
{
    // Sums are taken over segments, and then over their sums: bits depend on these sizes, and so never on threads.
    private const int LeastLength = 16384, MostSegments = 64, Alignment = 16;

    /// <summary>Cuts what a rank combines.</summary>
    /// <param name="groups">Coordinates of each group, over all ranks.</param>
    /// <param name="first">The first coordinate of this rank.</param>
    /// <param name="length">How many coordinates this rank combines.</param>
    public static GradientSegment[] Cut(ReadOnlySpan<int> groups, int first, int length)
    {
        int target = Math.Max(LeastLength, (((length - 1) / MostSegments / Alignment) + 1) * Alignment);
        List<GradientSegment> segments = [];
        int groupStart = 0;
        for (int group = 0; group < groups.Length; group++)
        {
            int start = Math.Max(groupStart - first, 0), end = Math.Min(groupStart + groups[group] - first, length);
            for (; start < end; start += target)
            {
                segments.Add(new GradientSegment(group, start, Math.Min(target, end - start)));
            }
            groupStart += groups[group];
        }
        return [.. segments];
    }
}
