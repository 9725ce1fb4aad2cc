// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx;
using MLNetExtensions.Onnx.Protobuf;

namespace MLNetExtensions.Quantization;

/// <summary>Marks by which a model's producer says that constant matrices were not trained (a parity-check matrix, a filter bank, a permutation) and must keep their values.</summary>
/// <remarks>The mark is metadata under <see cref="Key"/>: on the model the names of the tensors, one to a line; on a tensor itself, from IR version 10 on, the value <c>true</c>.</remarks>
public static class NotTrainedTensors
{
    /// <summary>The key of the metadata.</summary>
    public const string Key = "mlnetextensions.not_trained";

    /// <summary>Adds names of tensors to the marks of a model.</summary>
    public static void Mark(ModelProto model, params IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(names);
        string[] marked = [.. OfModel(model).Concat(names).Distinct(StringComparer.Ordinal)];
        if (marked.FirstOrDefault(name => name.Length == 0 || name.Contains('\n', StringComparison.Ordinal)) is { } wrong)
        {
            throw new ArgumentException($"'{wrong}' cannot be the name of a marked tensor: it is empty or has a line break.", nameof(names));
        }
        if (model.MetadataProps.FirstOrDefault(entry => entry.Key == Key) is { } entry)
        {
            entry.Value = string.Join('\n', marked);
        }
        else
        {
            model.MetadataProps.Add(new StringStringEntryProto { Key = Key, Value = string.Join('\n', marked) });
        }
    }

    /// <summary>The names of the marked tensors, by either mark.</summary>
    public static IReadOnlySet<string> Of(ModelProto model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return OfModel(model)
            .Concat(GraphWalk.Tensors(model).Where(tensor => tensor.MetadataProps.Any(entry => entry.Key == Key && entry.Value == "true")).Select(tensor => tensor.Name))
            .ToHashSet(StringComparer.Ordinal);
    }

    private static IEnumerable<string> OfModel(ModelProto model) => model.MetadataProps
        .Where(entry => entry.Key == Key)
        .SelectMany(entry => entry.Value.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
