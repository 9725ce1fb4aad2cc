// SPDX-License-Identifier: MIT
using System.Diagnostics;

namespace MLNetExtensions.Benchmarks.Harness;

/// <summary>Times several actions in turn, so that a disturbance of the machine hits all of them, and reports each one's median.</summary>
public static class InterleavedTimer
{
    /// <summary>The median seconds of each action, after one untimed round.</summary>
    public static double[] Medians(int rounds, params Action[] actions)
    {
        ArgumentNullException.ThrowIfNull(actions);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rounds);
        double[][] seconds = [.. actions.Select(_ => new double[rounds])];
        for (int round = -1; round < rounds; round++)
        {
            for (int i = 0; i < actions.Length; i++)
            {
                long start = Stopwatch.GetTimestamp();
                actions[i]();
                if (round >= 0)
                {
                    seconds[i][round] = Stopwatch.GetElapsedTime(start).TotalSeconds;
                }
            }
        }
        return [.. seconds.Select(Median)];
    }

    /// <summary>The middle value, or the mean of the two middle ones.</summary>
    public static double Median(double[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        double[] sorted = [.. values.Order()];
        int half = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
