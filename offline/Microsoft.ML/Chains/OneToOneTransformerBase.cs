// SPDX-License-Identifier: MIT
namespace Microsoft.ML.Data;

/// <summary>A row-to-row transformer that makes one column of one column, for some pairs of them.</summary>
public abstract class OneToOneTransformerBase : RowToRowTransformerBase
{
    private protected OneToOneTransformerBase()
    {
    }
}
