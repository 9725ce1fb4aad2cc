// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Transforms;
using static MLNetExtensions.Conformance.Tests.Transforms.TransformData;

namespace MLNetExtensions.Conformance.Tests.Transforms;

public sealed class KeyTests
{
    private static readonly TransformsCatalog.ConversionTransforms Make = Context.Transforms.Conversion;

    [Theory]
    [InlineData("S", "O:Key<UInt32, 0-1> {KeyValues:Vector<String, 2>=['a' 'bb']} = 1; 2; 0; 1", "0; 1")]
    [InlineData("F", "O:Key<UInt32, 0-1> {KeyValues:Vector<Single, 2>=[1.5 -3]} = 1; 0; 2; 1", "0; 2")]
    [InlineData("I", "O:Key<UInt32, 0-3> {KeyValues:Vector<Int32, 4>=[7 -7 0 300]} = 1; 2; 3; 4", "0; 3")]
    [InlineData("B", "O:Key<UInt32, 0-1> {KeyValues:Vector<Boolean, 2>=[True False]} = 1; 2; 1; 1", "2; 2")]
    [InlineData("D", "O:Key<UInt32, 0-2> {KeyValues:Vector<Double, 3>=[0.1 -2 1E+09]} = 1; 2; 3; 0", "0; 0")]
    [InlineData("K", "O:Key<UInt32, 0-2> {KeyValues:Vector<Key<UInt32, 0-4>, 3>=[2 3 1]} = 1; 2; 3; 0", "0; 3")]
    [InlineData("N", "O:Vector<Key<UInt32, 0-2>, 2> {KeyValues:Vector<String, 3>=['p' 'q' 'r']} = [1 2]; [2 0]; [3 1]; [3 1]", "[0 2]; [1 3]")]
    [InlineData("V", "O:Vector<Key<UInt32, 0-5>, 3> {KeyValues:Vector<Single, 6>=[1 2 3 0 4 5]} = [1 2 3]; [4 0 5]; [6 4 4]; [6 4 4]", "sparse3[]; [4 4 4]")]
    public void Values_get_keys_as_they_occur_and_what_is_missing_or_unseen_gets_none(string column, string made, string unseen)
    {
        Assert.Equal(made, Made(Make.MapValueToKey("O", column)));
        Assert.Equal(unseen, Scored(Make.MapValueToKey("O", column), Mixed, Unseen));
    }

    [Fact]
    public void Order_number_and_text_of_keys_can_be_chosen()
    {
        Assert.Equal("O:Key<UInt32, 0-1> {KeyValues:Vector<Single, 2>=[-3 1.5]} = 2; 0; 1; 2", Made(Make.MapValueToKey("O", "F", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue)));
        Assert.Equal("O:Key<UInt32, 0-1> {KeyValues:Vector<Int32, 2>=[7 -7]} = 1; 2; 0; 0", Made(Make.MapValueToKey("O", "I", maximumNumberOfKeys: 2)));
        Assert.Equal("O:Key<UInt32, 0-3> {KeyValues:Vector<String, 4>=['7' '-7' '0' '300']} = 1; 2; 3; 4", Made(Make.MapValueToKey("O", "I", addKeyValueAnnotationsAsText: true)));
        Assert.Equal("ArgumentOutOfRangeException: Must be positive (Parameter 'MaxNumTerms')", FitError(Make.MapValueToKey("O", "I", maximumNumberOfKeys: 0)));
    }

    [Fact]
    public void Keys_can_be_given_by_other_data()
    {
        IDataView keys = Context.Data.LoadFromEnumerable<TextRow>([new() { S = "bb" }, new() { S = "zz" }, new() { S = "a" }]);
        Assert.Equal("O:Key<UInt32, 0-2> {KeyValues:Vector<String, 3>=['bb' 'zz' 'a']} = 3; 1; 0; 3", Made(Make.MapValueToKey("O", "S", keyData: keys)));
        Assert.Equal(
            "O:Key<UInt32, 0-2> {KeyValues:Vector<String, 3>=['a' 'bb' 'zz']} = 1; 2; 0; 1",
            Made(Make.MapValueToKey("O", "S", keyData: keys, keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue)));
        Assert.Equal("ArgumentOutOfRangeException: Input data's column must be of type 'Single' but was 'String' (Parameter 'keyData')", FitError(Make.MapValueToKey("O", "F", keyData: keys)));
        Assert.StartsWith("ArgumentOutOfRangeException: If specified, this data view should contain only a single column containing the terms to map", Describe.Error(() => Make.MapValueToKey("O", "S", keyData: Mixed)));
    }

    [Fact]
    public void Without_values_there_is_one_key_and_no_name_for_it()
    {
        Assert.Equal("O:Key<UInt32, 0-0> = ", Made(Make.MapValueToKey("O", "S"), Empty));
        Assert.Equal("0; 0; 0; 0", Scored(Make.MapValueToKey("O", "S"), Empty, Mixed));
    }

    [Fact]
    public void Sparse_and_variable_vectors_get_keys()
    {
        Assert.Equal("O:Vector<Key<UInt32, 0-3>, 5> {KeyValues:Vector<Single, 4>=[0 2 -4 4]} = [1 2 1 3 1]; [1 4 1 1 1]; [1 1 1 1 1]", Made(Make.MapValueToKey("O", "X"), Sparse));
        Assert.Equal("O:Vector<Key<UInt32, 0-2>> {KeyValues:Vector<String, 3>=['a' 'b' 'c']} = [1 2]; [3]; []", Made(Make.MapValueToKey("O", "N"), Variable));
    }

    [Fact]
    public void Keys_of_keys_keep_the_values_of_the_first()
        => Assert.Equal("O:Key<UInt32, 0-1> {KeyValues:Vector<String, 2>=['a' 'bb']} = 1; 2; 0; 1", Made(Make.MapValueToKey("A", "S").Append(Make.MapValueToKey("O", "A"))));

    [Theory]
    [InlineData("S", "O:String = 'a'; 'bb'; ''; 'a'", "''; 'a'")]
    [InlineData("F", "O:Single = 1.5; NaN; -3; 1.5", "NaN; -3")]
    [InlineData("I", "O:Int32 = 7; -7; 0; 300", "0; 0")]
    [InlineData("N", "O:Vector<String, 2> = ['p' 'q']; ['q' '']; ['r' 'p']; ['r' 'p']", "['' 'q']; ['p' 'r']")]
    [InlineData("V", "O:Vector<Single, 3> = [1 2 3]; [0 NaN 4]; [5 0 0]; [5 0 0]", "[NaN NaN NaN]; [0 0 0]")]
    public void Keys_give_their_values_back(string column, string made, string unseen)
    {
        IEstimator<ITransformer> there_and_back = Make.MapValueToKey("A", column).Append(Make.MapKeyToValue("O", "A"));
        Assert.Equal(made, Made(there_and_back));
        Assert.Equal(unseen, Scored(there_and_back, Mixed, Unseen));
    }

    [Fact]
    public void Keys_without_values_give_none_back()
    {
        Assert.Equal("InvalidOperationException: Metadata KeyValues does not exist", FitError(Make.MapKeyToValue("O", "K")));
        Assert.Equal("ArgumentOutOfRangeException: Input column 'K' doesn't contain key values metadata (Parameter 'inputSchema')", ShapeError(Make.MapKeyToValue("O", "K")));
        Assert.Equal(
            "ArgumentOutOfRangeException: Schema mismatch for input column 'F': expected KeyType, got Single (Parameter 'inputSchema')", ShapeError(Make.MapKeyToValue("O", "F")));
    }

    [Fact]
    public void A_column_of_another_type_is_refused_when_scored()
    {
        var keys = Make.MapValueToKey("O", "S").Fit(Mixed);
        IDataView other = Context.Transforms.CopyColumns("S", "F").Fit(Mixed).Transform(Mixed);
        Assert.Equal("InvalidOperationException: Could not apply a map over type 'String' to column 'O' since it has type 'Single'", Describe.Error(() => keys.Transform(other)));
    }

    [Fact]
    public void The_promised_schema_says_what_keys_stand_for()
    {
        SchemaShape shape = Make.MapValueToKey("A", "V").Append(Make.MapKeyToValue("O", "A")).GetOutputSchema(ShapeOf<MixedRow>());
        Assert.Equal("A:Vector:UInt32:key {KeyValues}", Describe.Shape(shape, "A"));
        Assert.Equal("O:Vector:Single", Describe.Shape(shape, "O"));
    }
}
