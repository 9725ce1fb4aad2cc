// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.StandIn;

/// <summary>A column's values less an offset, times a scale.</summary>
internal abstract class AffineMap
{
    private protected AffineMap(DataViewType type) => Type = type;

    /// <summary>The type of the column, before and after.</summary>
    internal DataViewType Type { get; }

    internal abstract NormalizingTransformer.NormalizerModelParametersBase Parameters { get; }

    /// <summary>The scales as numbers, and the offsets where there are any.</summary>
    internal abstract (double[] Scale, double[] Offset) Numbers { get; }

    internal static AffineMap Create(DataViewType type, double[] scale, double[] offset)
        => InputColumns.ItemOf(type).RawType == typeof(float) ? new AffineMap<float>(type, scale, offset) : new AffineMap<double>(type, scale, offset);

    internal abstract Delegate MakeGetter(DataViewRow row, DataViewSchema.Column column);
}
