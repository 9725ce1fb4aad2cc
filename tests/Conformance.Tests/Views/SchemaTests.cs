// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetExtensions.Conformance.Tests.Views;

public class SchemaTests
{
    private static readonly DataViewSchema Example = MakeExample();

    [Fact]
    public void Of_two_columns_of_one_name_the_last_is_seen()
    {
        Assert.True(Example[0].IsHidden);
        Assert.Equal(1, Example["A"].Index);
        Assert.Equal("A:Single (hidden) | A:Double | V:Vector<Single, 2> {IsNormalized:Boolean,SlotNames:Vector<String, 2>}", Observed.Schema(Example));
    }

    [Fact]
    public void A_schema_and_its_parts_write_themselves()
    {
        Assert.Equal("3 columns", Example.ToString());
        Assert.Equal("V: Vector<Single, 2> {IsNormalized, SlotNames}", Example["V"].ToString());
        Assert.Equal("IsNormalized, SlotNames", Example["V"].Annotations.ToString());
    }

    [Fact]
    public void Columns_that_are_not_there_are_refused()
    {
        Assert.Equal("System.ArgumentOutOfRangeException: Column 'nope' not found (Parameter 'name')", Observed.Error(() => Example["nope"]));
        Assert.Throws<ArgumentOutOfRangeException>("columnIndex", () => Example[9]);
        Assert.Null(Example.GetColumnOrNull("nope"));
        Assert.Throws<ArgumentNullException>("name", () => new DataViewSchema.Builder().AddColumn("", NumberDataViewType.Single));
        Assert.Throws<ArgumentNullException>("type", () => new DataViewSchema.Builder().AddColumn("A", null!));
    }

    [Fact]
    public void Annotations_are_read_by_kind_and_type()
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        Example["V"].GetSlotNames(ref names);
        Assert.Equal(["x", "y"], names.DenseValues().Select(n => n.ToString()));
        Assert.True(Example["V"].IsNormalized());
        Assert.True(Example["V"].HasSlotNames());
        Assert.False(Example["V"].HasKeyValues());
        float number = 0;
        Assert.Equal("System.InvalidOperationException: Invalid call to 'GetValue'", Observed.Error(() => Example["V"].Annotations.GetValue("nope", ref number)));
        Assert.Equal("System.InvalidOperationException: Invalid call to 'GetGetter'", Observed.Error(() => Example["V"].Annotations.GetValue("IsNormalized", ref number)));
    }

    [Fact]
    public void An_annotation_must_have_the_type_that_it_says()
        => Assert.Equal(
            "System.ArgumentException: type.RawType must be of type 'System.Double'. (Parameter 'type')",
            Observed.Error(() => new DataViewSchema.Annotations.Builder().AddPrimitiveValue("k", NumberDataViewType.Single, 1.0)));

    [Fact]
    public void Annotations_are_copied_by_selection()
    {
        var builder = new DataViewSchema.Annotations.Builder();
        builder.Add(Example["V"].Annotations, kind => kind != "SlotNames");
        Assert.Equal("IsNormalized", builder.ToAnnotations().ToString());
    }

    private static DataViewSchema MakeExample()
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.AddPrimitiveValue("IsNormalized", BooleanDataViewType.Instance, true);
        annotations.Add(
            "SlotNames",
            new VectorDataViewType(TextDataViewType.Instance, 2),
            (ref VBuffer<ReadOnlyMemory<char>> value) => value = new VBuffer<ReadOnlyMemory<char>>(2, ["x".AsMemory(), "y".AsMemory()]));
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("A", NumberDataViewType.Single);
        builder.AddColumn("A", NumberDataViewType.Double);
        builder.AddColumn("V", new VectorDataViewType(NumberDataViewType.Single, 2), annotations.ToAnnotations());
        return builder.ToSchema();
    }
}
