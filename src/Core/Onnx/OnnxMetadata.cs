// SPDX-License-Identifier: MIT
using Google.Protobuf.Collections;
using MLNetExtensions.Onnx.Protobuf;

namespace MLNetExtensions.Onnx;

/// <summary>Key and value pairs that models, graphs, nodes and tensors carry in <c>metadata_props</c>.</summary>
public static class OnnxMetadata
{
    /// <summary>The value of a key, null if there is none.</summary>
    public static string? Get(RepeatedField<StringStringEntryProto> metadata, string key)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        return metadata.LastOrDefault(entry => entry.Key == key)?.Value;
    }

    /// <summary>Sets a key, in place of the value that it had; null removes it.</summary>
    public static void Set(RepeatedField<StringStringEntryProto> metadata, string key, string? value)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        ArgumentException.ThrowIfNullOrEmpty(key);
        foreach (var entry in metadata.Where(entry => entry.Key == key).ToList())
        {
            metadata.Remove(entry);
        }
        if (value is not null)
        {
            metadata.Add(new StringStringEntryProto { Key = key, Value = value });
        }
    }
}
