// SPDX-License-Identifier: MIT
using Microsoft.ML.StandIn;
using Microsoft.ML.Transforms;

namespace Microsoft.ML;

/// <summary>Transforms of whole columns.</summary>
public static class TransformExtensionsCatalog
{
    public static ColumnConcatenatingEstimator Concatenate(this TransformsCatalog catalog, string outputColumnName, params string[] inputColumnNames)
        => new(outputColumnName, inputColumnNames);

    public static ColumnCopyingEstimator CopyColumns(this TransformsCatalog catalog, string outputColumnName, string inputColumnName)
        => string.IsNullOrEmpty(outputColumnName) || string.IsNullOrEmpty(inputColumnName)
            ? throw new ArgumentOutOfRangeException("columns", "columns cannot be null or empty")
            : new([new InputOutputColumnPair(outputColumnName, inputColumnName)]);

    public static ColumnSelectingEstimator DropColumns(this TransformsCatalog catalog, params string[] columnNames) => new(null, columnNames, false);

    public static ColumnSelectingEstimator SelectColumns(this TransformsCatalog catalog, string[] columnNames, bool keepHidden) => new(columnNames, null, keepHidden);

    public static ColumnSelectingEstimator SelectColumns(this TransformsCatalog catalog, params string[] columnNames) => new(columnNames, null, false);
}
