// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;

namespace Microsoft.ML.StandIn;

/// <summary>An input or output of a model: its name, its item type, and its dimensions, 0 where they are unknown (1 for the first).</summary>
internal sealed class OnnxTensor
{
    private OnnxTensor(string name, PrimitiveDataViewType item, int[] dimensions)
    {
        Name = name;
        Item = item;
        Dimensions = [.. dimensions.Select((d, i) => d > 0 ? d : i == 0 && d < 0 ? 1 : 0)];
        IsKnown = Dimensions.All(d => d > 0);
    }

    internal string Name { get; }

    /// <summary>The name of the column: without the suffix that converters put on output names.</summary>
    internal string ColumnName => Name.EndsWith(".output", StringComparison.Ordinal) ? Name[..^".output".Length] : Name;

    internal PrimitiveDataViewType Item { get; }

    internal int[] Dimensions { get; }

    /// <summary>Whether all dimensions are known, so that a buffer can be made in advance.</summary>
    internal bool IsKnown { get; }

    internal long[] Shape => [.. Dimensions.Select(d => (long)d)];

    /// <summary>The product of the known dimensions.</summary>
    internal int KnownLength => Dimensions.Where(d => d > 0).Aggregate(1, (product, d) => checked(product * d));

    /// <summary>Refuses a tensor without dimensions where the real packages do: as an input.</summary>
    internal void CheckRank()
    {
        if (Dimensions.Length == 0)
        {
            throw new InvalidCastException($"Unable to cast object of type '{Item.GetType()}' to type '{typeof(VectorDataViewType)}'.");
        }
    }

    /// <summary>The type of the column that an output becomes: always a vector, of variable size where a dimension is unknown.</summary>
    internal DataViewType ColumnType
        => Dimensions.Length == 0 ? Item : IsKnown ? new VectorDataViewType(Item, Dimensions) : new VectorDataViewType(Item);

    /// <summary>The tensor as ONNX Runtime describes it, with the dimensions that the user gives or, where the file says them, those of the file.</summary>
    internal static OnnxTensor Of(string name, NodeMetadata metadata, IDictionary<string, int[]> shapes, int[] stated = null)
    {
        if (!metadata.IsTensor)
        {
            throw new NotSupportedException($"'{name}' is no tensor: the stand-in for Microsoft.ML does not offer sequences and maps. Build with MLNetSource=nuget.");
        }

        PrimitiveDataViewType item = OnnxElementTypes.ItemOf(metadata.ElementDataType);
        int[] own = stated ?? metadata.Dimensions;
        if (shapes is null || !shapes.TryGetValue(name, out int[] given))
        {
            return new OnnxTensor(name, item, own);
        }

        bool compatible = given.Length == own.Length && given.Zip(own).All(p => p.First == p.Second || p.First <= 0 || p.Second <= 0);
        return compatible
            ? new OnnxTensor(name, item, given)
            : throw new ArgumentOutOfRangeException(
                $"The specified shape {string.Join(',', given)} is not compatible with the shape {string.Join(',', own)} loaded from the ONNX model file."
                    + " Only unknown dimension can replace or be replaced by another dimension.",
                given,
                "shapeDictionary");
    }
}
