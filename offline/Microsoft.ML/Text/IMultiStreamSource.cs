// SPDX-License-Identifier: MIT
namespace Microsoft.ML.Data;

/// <summary>Some streams, such as files.</summary>
public interface IMultiStreamSource
{
    int Count { get; }

    string GetPathOrNull(int index);

    Stream Open(int index);

    TextReader OpenTextReader(int index);
}
