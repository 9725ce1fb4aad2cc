// SPDX-License-Identifier: MIT
namespace Microsoft.ML;

/// <summary>A row that moves.</summary>
public abstract class DataViewRowCursor : DataViewRow
{
    protected DataViewRowCursor()
    {
    }

    public abstract bool MoveNext();
}
