// SPDX-License-Identifier: MIT
namespace Microsoft.ML.StandIn;

/// <summary>The values of a text column in the current line.</summary>
internal abstract class TextValues
{
    internal abstract void Parse(IReadOnlyList<string> fields, long line);

    internal abstract Delegate MakeGetter(Action check);
}
