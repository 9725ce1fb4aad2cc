// SPDX-License-Identifier: MIT
namespace Microsoft.ML.Data;

/// <summary>Loads lines of separated fields.</summary>
public sealed partial class TextLoader
{
    private TextLoader()
    {
    }
}
