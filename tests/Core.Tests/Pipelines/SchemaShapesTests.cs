// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetExtensions.Pipelines;
using MLNetExtensions.TestUtilities;

namespace MLNetExtensions.Core.Tests.Pipelines;

public sealed class SchemaShapesTests
{
    [Fact]
    public void A_schema_has_a_shape_with_kinds_items_keys_and_annotations()
    {
        var data = ContractData.Create();
        var ours = SchemaShapes.Of(data.Schema);
        Assert.Equal(data.Schema.Select(column => column.Name), ours.Select(column => column.Name));
        Assert.Equal((SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, false), Facts(ours, "Sparse"));
        Assert.Equal((SchemaShape.Column.VectorKind.Scalar, TextDataViewType.Instance, false), Facts(ours, "Text"));
        Assert.Equal((SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.UInt32, true), Facts(ours, "Class"));
        Assert.Equal(["KeyValues"], SchemaShapes.Find(ours, "Class")!.Value.Annotations.Select(annotation => annotation.Name));
        Assert.Null(SchemaShapes.Find(ours, "Nothing"));
    }

    [Fact]
    public void A_vector_without_a_length_is_a_variable_vector()
    {
        var column = SchemaShapes.ColumnOf(new DataViewSchema.DetachedColumn("V", new VectorDataViewType(NumberDataViewType.Double)));
        Assert.Equal((SchemaShape.Column.VectorKind.VariableVector, NumberDataViewType.Double), (column.Kind, column.ItemType));
    }

    [Fact]
    public void A_new_column_takes_the_place_of_an_old_one_of_its_name()
    {
        var shape = SchemaShapes.Append(SchemaShapes.Of(ContractData.Create().Schema), [SchemaShapes.ColumnOf(new DataViewSchema.DetachedColumn("Text", NumberDataViewType.Single))]);
        Assert.Equal((SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.Single, false), Facts(shape, "Text"));
        Assert.Single(shape, column => column.Name == "Text");
    }

    private static (SchemaShape.Column.VectorKind Kind, DataViewType ItemType, bool IsKey) Facts(SchemaShape shape, string name)
    {
        var column = SchemaShapes.Find(shape, name)!.Value;
        return (column.Kind, column.ItemType, column.IsKey);
    }
}
