// SPDX-License-Identifier: MIT
using Microsoft.ML;
using static MLNetExtensions.Conformance.Tests.Transforms.TransformData;

namespace MLNetExtensions.Conformance.Tests.Transforms;

public sealed class CopyAndSelectTests
{
    private const string Absent = "ArgumentOutOfRangeException: Could not find input column 'Nope' (Parameter 'inputSchema')";
    private static readonly TransformsCatalog Make = Context.Transforms;

    [Fact]
    public void A_copy_has_type_values_and_annotations()
    {
        Assert.Equal("O:Single = 1.5; NaN; -3; 1.5", Made(Make.CopyColumns("O", "F")));
        Assert.Equal("O:Key<UInt32, 0-1> {KeyValues:Vector<String, 2>=['a' 'bb']} = 1; 2; 0; 1", Made(Make.Conversion.MapValueToKey("A", "S").Append(Make.CopyColumns("O", "A"))));
    }

    [Fact]
    public void A_copy_onto_a_column_hides_it()
    {
        Assert.Equal("F:Single (hidden) | F:Vector<Single, 3>", Describe.Columns(Make.CopyColumns("F", "V").Fit(Mixed).Transform(Mixed).Schema, "F"));
        Assert.Equal("F:Vector:Single", Describe.Shape(Make.CopyColumns("F", "V").GetOutputSchema(ShapeOf<MixedRow>()), "F"));
    }

    [Fact]
    public void An_absent_column_is_refused_by_Fit_and_by_the_promised_schema()
    {
        IEstimator<ITransformer>[] estimators = [Make.CopyColumns("O", "Nope"), Make.DropColumns("Nope"), Make.SelectColumns("Nope")];
        Assert.All(estimators, e => Assert.Equal((Absent, Absent), (FitError(e), ShapeError(e))));
    }

    [Fact]
    public void Nameless_copies_and_empty_selections_are_refused_at_once()
    {
        Assert.Equal("ArgumentOutOfRangeException: columns cannot be null or empty (Parameter 'columns')", Describe.Error(() => Make.CopyColumns(null, "F")));
        Assert.Equal(
            "InvalidOperationException: Neither keepColumns and dropColumns is set. Exactly one must be specified.", Describe.Error(() => Make.SelectColumns()));
    }

    [Fact]
    public void A_selection_has_the_order_asked_for()
    {
        var selection = Make.SelectColumns("V", "F").Fit(Mixed);
        Assert.Equal("V:Vector<Single, 3> | F:Single", Describe.Schema(selection.Transform(Mixed).Schema));
        Assert.Equal("1.5; NaN; -3; 1.5", Describe.Values(selection.Transform(Mixed), "F"));
        Assert.Equal(4, selection.Transform(Mixed).GetRowCount());
        Assert.Equal("ColumnSelectingTransformer", selection.GetType().Name);
    }

    [Fact]
    public void Hidden_columns_stay_only_where_they_are_kept()
    {
        IDataView data = Make.SelectColumns("F", "V").Append(Make.NormalizeMinMax("V")).Fit(Mixed).Transform(Mixed);
        Assert.Equal("F:Single | V:Vector<Single, 3> (hidden) | V:Vector<Single, 3> {IsNormalized:Boolean=True}", Describe.Schema(data.Schema));
        Assert.Equal("V:Vector<Single, 3> {IsNormalized:Boolean=True} | F:Single", Describe.Schema(Make.SelectColumns("V", "F").Fit(data).Transform(data).Schema));
        Assert.Equal(
            "V:Vector<Single, 3> (hidden) | V:Vector<Single, 3> {IsNormalized:Boolean=True} | F:Single",
            Describe.Schema(Make.SelectColumns(["V", "F"], keepHidden: true).Fit(data).Transform(data).Schema));
        Assert.Equal("V:Vector<Single, 3> (hidden) | V:Vector<Single, 3> {IsNormalized:Boolean=True}", Describe.Schema(Make.DropColumns("F").Fit(data).Transform(data).Schema));
        Assert.Equal("F:Single", Describe.Schema(Make.DropColumns("V").Fit(data).Transform(data).Schema));
    }

    [Fact]
    public void Dropping_is_a_row_mapper()
    {
        ITransformer drop = Make.DropColumns("F").Fit(Mixed);
        Assert.True(drop.IsRowToRowMapper);
        Assert.DoesNotContain(drop.GetRowToRowMapper(Mixed.Schema).OutputSchema, c => c.Name == "F");
    }
}
