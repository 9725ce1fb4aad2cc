// SPDX-License-Identifier: MIT
namespace Microsoft.ML.Data;

public sealed partial class SchemaDefinition
{
    /// <summary>Whether members are to be read, written, or either.</summary>
    [Flags]
    public enum Direction
    {
        Read = 1,
        Write = 2,
        Both = 3,
    }
}
