// SPDX-License-Identifier: MIT
using MLNetExtensions.Numerics;

namespace MLNetExtensions.Networks.Losses;

/// <summary>What a loss demands of the matrices that it is given.</summary>
internal static class LossChecks
{
    /// <summary>As many target rows and weights as score rows, and so many target columns.</summary>
    public static void Shapes(DenseMatrix scores, DenseMatrix targets, int targetColumns, ReadOnlySpan<float> weights)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(targets);
        if (targets.Rows != scores.Rows || targets.Columns != targetColumns)
        {
            throw new ArgumentException($"Targets are {targets.Rows} x {targets.Columns}; {scores.Rows} x {targetColumns} belong to scores of {scores.Rows} x {scores.Columns}.", nameof(targets));
        }
        if (!weights.IsEmpty && weights.Length != scores.Rows)
        {
            throw new ArgumentException($"There are {weights.Length} weights for {scores.Rows} rows; give one for each, or none.", nameof(weights));
        }
    }

    /// <summary>A result with as many columns as there are scores.</summary>
    public static DenseMatrix? Like(DenseMatrix scores, DenseMatrix? gradient) => gradient is null || gradient.Columns == scores.Columns
        ? gradient
        : throw new ArgumentException($"The gradient has {gradient.Columns} columns; the scores have {scores.Columns}.", nameof(gradient));

    /// <summary>Directions like the scores, and a result with as many columns.</summary>
    public static void Directions(DenseMatrix scores, DenseMatrix directions, DenseMatrix result)
    {
        ArgumentNullException.ThrowIfNull(directions);
        ArgumentNullException.ThrowIfNull(result);
        if (directions.Rows != scores.Rows || directions.Columns != scores.Columns || result.Columns != scores.Columns)
        {
            throw new ArgumentException($"Directions are {directions.Rows} x {directions.Columns} and the result has {result.Columns} columns; the scores are {scores.Rows} x {scores.Columns}.", nameof(directions));
        }
    }
}
