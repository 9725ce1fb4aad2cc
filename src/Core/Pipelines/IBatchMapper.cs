// SPDX-License-Identifier: MIT
using Microsoft.ML;

namespace MLNetExtensions.Pipelines;

/// <summary>A mapping of rows to new columns that gains by seeing many rows at once. Immutable, for any number of threads.</summary>
public interface IBatchMapper
{
    /// <summary>The columns that it reads.</summary>
    IReadOnlyList<string> InputColumns { get; }

    /// <summary>The columns that it adds, in their order.</summary>
    IReadOnlyList<DataViewSchema.DetachedColumn> OutputColumns { get; }

    /// <summary>The most rows that it wants at once.</summary>
    int BatchSize { get; }

    /// <summary>A scorer over one cursor or row, with buffers of its own.</summary>
    /// <param name="row">Where the input columns are read; all of them are active.</param>
    /// <param name="activeOutputs">Which of the output columns anybody will ask for: at least one.</param>
    /// <param name="capacity">The most rows in one batch.</param>
    IBatchScorer CreateScorer(DataViewRow row, IReadOnlyList<bool> activeOutputs, int capacity);
}
