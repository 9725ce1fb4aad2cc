// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace Microsoft.ML.StandIn;

/// <summary>The annotations that estimators promise.</summary>
internal static class ShapeAnnotations
{
    internal static readonly SchemaShape.Column SlotNameTexts = Vector(AnnotationKinds.SlotNames, TextDataViewType.Instance);
    internal static readonly SchemaShape.Column Normalized = new(AnnotationKinds.IsNormalized, SchemaShape.Column.VectorKind.Scalar, BooleanDataViewType.Instance, false);
    internal static readonly SchemaShape.Column SlotRanges = Vector(AnnotationKinds.CategoricalSlotRanges, NumberDataViewType.Int32);

    internal static SchemaShape.Column KeyValues(DataViewType itemType) => Vector(AnnotationKinds.KeyValues, itemType);

    internal static bool Has(this SchemaShape.Column column, string kind) => column.Annotations.TryFindColumn(kind, out _);

    /// <summary>Those annotations of a column that are of these kinds.</summary>
    internal static IEnumerable<SchemaShape.Column> Only(this SchemaShape.Column column, params string[] kinds)
        => column.Annotations.Where(a => kinds.Contains(a.Name));

    private static SchemaShape.Column Vector(string name, DataViewType itemType) => new(name, SchemaShape.Column.VectorKind.Vector, itemType, false);
}
