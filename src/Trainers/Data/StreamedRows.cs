// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.Data;

/// <summary>Rows that are too many to keep: they are read anew whenever they are needed, and have been checked once.</summary>
/// <param name="features">How many features a row has.</param>
/// <param name="count">How many rows there are.</param>
/// <param name="isAllZero">Whether no row has a feature other than zero.</param>
/// <param name="windowRows">How many of them may be kept at a time; there may be two such windows, one that is used and one that is read.</param>
/// <param name="open">Begins to read, with features or without.</param>
/// <param name="columns">Where rows come from, for messages.</param>
internal sealed class StreamedRows(int features, long count, bool isAllZero, long windowRows, Func<bool, IRowCursor> open, TrainingColumns? columns = null) : TrainingData(features)
{
    public override long Count => count;

    public TrainingColumns? Columns => columns;

    /// <summary>How many rows may be kept at a time.</summary>
    public long WindowRows => windowRows;

    internal override bool IsAllZero => isAllZero;

    internal override IRowCursor Open(bool features) => open(features);
}
