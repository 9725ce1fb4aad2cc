// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Quantization.Solvers;

/// <summary>How <see cref="GroupQuantizer"/> runs. None of it changes a result.</summary>
public sealed record GroupQuantizerOptions
{
    /// <summary>The number of threads.</summary>
    /// <value>The default is the number of processors.</value>
    public int Threads { get; init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Threads), value, "At least one thread is needed."); } =
        Environment.ProcessorCount;

    /// <summary>Receives the number of groups done, after each portion of them.</summary>
    /// <value>The default is none.</value>
    public IProgress<int>? Progress { get; init; }

    /// <summary>Stops the work between two portions of groups.</summary>
    /// <value>The default is never.</value>
    public CancellationToken CancellationToken { get; init; }
}
