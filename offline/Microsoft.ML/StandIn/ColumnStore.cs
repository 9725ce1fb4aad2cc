// SPDX-License-Identifier: MIT
namespace Microsoft.ML.StandIn;

/// <summary>The values of a column for some rows.</summary>
internal abstract class ColumnStore
{
    /// <summary>What puts the current value of a row at a place.</summary>
    internal abstract Action<int> Writer(DataViewRow row, DataViewSchema.Column column);

    /// <summary>A getter of the value at the place that is asked for at each call.</summary>
    internal abstract Delegate Reader(Func<int> place);
}
