// SPDX-License-Identifier: MIT
namespace Microsoft.ML.StandIn;

/// <summary>A column that a transformer adds.</summary>
/// <param name="Added">The column.</param>
/// <param name="Sources">The columns that it reads.</param>
/// <param name="Make">Makes its getter for a row.</param>
internal sealed record ColumnMapping(
    DataViewSchema.DetachedColumn Added, IReadOnlyList<DataViewSchema.Column> Sources, Func<DataViewRow, Delegate> Make);
