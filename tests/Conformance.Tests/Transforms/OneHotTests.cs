// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Transforms;
using static MLNetExtensions.Conformance.Tests.Transforms.TransformData;

namespace MLNetExtensions.Conformance.Tests.Transforms;

public sealed class OneHotTests
{
    private static readonly TransformsCatalog.CategoricalTransforms Make = Context.Transforms.Categorical;

    [Fact]
    public void A_text_becomes_an_indicator_behind_its_hidden_key()
    {
        IDataView made = Make.OneHotEncoding("O", "S").Fit(Mixed).Transform(Mixed);
        Assert.Equal(
            "O:Key<UInt32, 0-1> (hidden) {KeyValues:Vector<String, 2>=['a' 'bb']} | "
                + "O:Vector<Single, 2> {SlotNames:Vector<String, 2>=['a' 'bb'], CategoricalSlotRanges:Vector<Int32, 1, 2>=[0 1], IsNormalized:Boolean=True}",
            Describe.Columns(made.Schema, "O"));
        Assert.Equal("sparse2[0:1]; sparse2[1:1]; sparse2[]; sparse2[0:1]", Describe.Values(made, "O"));
        Assert.Equal("OneHotEncodingTransformer", Make.OneHotEncoding("O", "S").Fit(Mixed).GetType().Name);
    }

    [Fact]
    public void What_was_not_seen_has_no_slot() => Assert.Equal("sparse2[]; sparse2[0:1]", Scored(Make.OneHotEncoding("O", "S"), Mixed, Unseen));

    [Fact]
    public void Numbers_name_their_slots_as_texts()
        => Assert.StartsWith("O:Vector<Single, 2> {SlotNames:Vector<String, 2>=['1.5' '-3'],", Made(Make.OneHotEncoding("O", "F")));

    [Fact]
    public void A_vector_has_an_indicator_for_each_slot()
        => Assert.Equal(
            "O:Vector<Single, 2, 3> {SlotNames:Vector<String, 2, 3>=['[0].p' '[0].q' '[0].r' '[1].p' '[1].q' '[1].r'], CategoricalSlotRanges:Vector<Int32, 2, 2>=[0 2 3 5], "
                + "IsNormalized:Boolean=True} = sparse6[0:1 4:1]; sparse6[1:1]; sparse6[2:1 3:1]; sparse6[2:1 3:1]",
            Made(Make.OneHotEncoding("O", "N")));

    [Fact]
    public void A_bag_counts()
    {
        Assert.Equal("O:Vector<Single, 3> {SlotNames:Vector<String, 3>=['p' 'q' 'r']} = [1 1 0]; [0 1 0]; [1 0 1]; [1 0 1]", Made(Make.OneHotEncoding("O", "N", OneHotEncodingEstimator.OutputKind.Bag)));
        Assert.StartsWith("O:Vector<Single, 2> {SlotNames:Vector<String, 2>=['a' 'bb'], IsNormalized:Boolean=True} =", Made(Make.OneHotEncoding("O", "S", OneHotEncodingEstimator.OutputKind.Bag)));
    }

    [Fact]
    public void A_key_stays_a_key()
        => Assert.Equal("O:Key<UInt32, 0-1> {KeyValues:Vector<String, 2>=['a' 'bb']} = 1; 2; 0; 1", Made(Make.OneHotEncoding("O", "S", OneHotEncodingEstimator.OutputKind.Key)));

    [Fact]
    public void Without_data_there_is_one_empty_slot()
    {
        Assert.Equal("O:Vector<Single, 1> {CategoricalSlotRanges:Vector<Int32, 1, 2>=[0 0], IsNormalized:Boolean=True} = ", Made(Make.OneHotEncoding("O", "S"), Empty));
        Assert.Equal("sparse1[]; sparse1[]; sparse1[]; sparse1[]", Scored(Make.OneHotEncoding("O", "S"), Empty, Mixed));
    }

    [Fact]
    public void Keys_are_refused()
        => Assert.Equal("ArgumentOutOfRangeException: The item type must be valid for a key (Parameter 'itemType')", FitError(Make.OneHotEncoding("O", "K")));

    [Fact]
    public void Keys_become_indicators_by_their_own_transform()
        => Assert.Equal(
            "O:Vector<Single, 5> {CategoricalSlotRanges:Vector<Int32, 1, 2>=[0 4], IsNormalized:Boolean=True} = sparse5[1:1]; sparse5[2:1]; sparse5[0:1]; sparse5[]",
            Made(Context.Transforms.Conversion.MapKeyToVector("O", "K")));

    [Fact]
    public void The_promised_schema_names_the_slots()
        => Assert.Equal("O:Vector:Single {SlotNames, CategoricalSlotRanges, IsNormalized}", Describe.Shape(Make.OneHotEncoding("O", "S").GetOutputSchema(ShapeOf<MixedRow>()), "O"));
}
