// SPDX-License-Identifier: MIT
namespace Microsoft.ML;

/// <summary>The names of a column that is read and of the one made of it.</summary>
public sealed class InputOutputColumnPair
{
    public InputOutputColumnPair(string outputColumnName, string inputColumnName = null)
    {
        if (string.IsNullOrEmpty(outputColumnName))
        {
            throw new ArgumentNullException(nameof(outputColumnName));
        }

        InputColumnName = inputColumnName ?? outputColumnName;
        OutputColumnName = outputColumnName;
    }

    public string InputColumnName { get; }

    public string OutputColumnName { get; }
}
