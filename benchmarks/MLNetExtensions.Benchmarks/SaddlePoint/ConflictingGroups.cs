// SPDX-License-Identifier: MIT
using MLNetExtensions.Benchmarks.Data;
using MLNetExtensions.Numerics;
using MLNetExtensions.Trainers.Data;

namespace MLNetExtensions.Benchmarks.SaddlePoint;

/// <summary>Two groups whose labels follow their features in different ways; nine rows of ten are of the first.</summary>
internal static class ConflictingGroups
{
    public const string Construction =
        "20 000 rows to train on and as many to test on, 10 standard normal features; a tenth of the rows is of group B; log-odds 1.5 (x1 + x2 + x3) in A, 1.5 (x3 + x4 - x1) - 0.5 in B";

    private const int Rows = 20_000, Features = 10;

    public static LabelledData Draw()
    {
        var (training, trainingGroups) = Draw(1);
        var (test, testGroups) = Draw(2);
        return LabelledData.Of("conflicting groups", training, test, ["A", "B"], trainingGroups, testGroups);
    }

    private static (TrainingRows Rows, int[] Groups) Draw(ulong seed)
    {
        RandomStream random = new(seed, 0x6209);
        float[] values = [.. Enumerable.Range(0, Rows * Features).Select(_ => (float)random.NextNormal())], labels = new float[Rows];
        int[] groups = new int[Rows];
        for (int row = 0; row < Rows; row++)
        {
            var x = values.AsSpan(row * Features, Features);
            groups[row] = random.NextDouble() < 0.1 ? 1 : 0;
            double odds = groups[row] == 0 ? 1.5 * (x[0] + x[1] + x[2]) : (1.5 * (x[2] + x[3] - x[0])) - 0.5;
            labels[row] = random.NextDouble() < 1 / (1 + Math.Exp(-odds)) ? 1 : 0;
        }
        return (TrainingRows.Dense(values, Features, labels), groups);
    }
}
