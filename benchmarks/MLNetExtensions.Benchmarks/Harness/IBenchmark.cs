// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Benchmarks.Harness;

/// <summary>One name of <c>./build.sh bench NAME</c>. A class that implements it, with a public constructor without arguments, is all that a new one needs.</summary>
public interface IBenchmark
{
    /// <summary>The name on the command line and of the result file.</summary>
    string Name { get; }

    /// <summary>What it measures, in one line.</summary>
    string Summary { get; }

    /// <summary>Measures, and records figures and tables.</summary>
    /// <param name="report">Where figures and tables go.</param>
    /// <param name="arguments">What followed the name on the command line.</param>
    void Run(BenchmarkReport report, IReadOnlyList<string> arguments);
}
