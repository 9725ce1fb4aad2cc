// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint.Problems;

/// <summary>The terms b'x and c'y.</summary>
internal static class LinearTerm
{
    /// <summary>Copies a vector, or makes one of zeros.</summary>
    public static double[] Take(IReadOnlyList<double>? values, int length, string name)
    {
        if (values is null)
        {
            return new double[length];
        }
        if (values.Count != length)
        {
            throw new ArgumentException($"{values.Count} numbers were given; {length} are needed.", name);
        }
        double[] copy = [.. values];
        int bad = Array.FindIndex(copy, value => !double.IsFinite(value));
        return bad < 0 ? copy : throw new ArgumentException($"Entry {bad} is {copy[bad]}; finite numbers are needed.", name);
    }
}
