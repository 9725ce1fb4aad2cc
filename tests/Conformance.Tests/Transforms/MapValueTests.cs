// SPDX-License-Identifier: MIT
using Microsoft.ML;
using static MLNetExtensions.Conformance.Tests.Transforms.TransformData;

namespace MLNetExtensions.Conformance.Tests.Transforms;

public sealed class MapValueTests
{
    private static readonly TransformsCatalog.ConversionTransforms Make = Context.Transforms.Conversion;

    [Fact]
    public void What_the_table_lacks_becomes_the_default()
    {
        Assert.Equal("O:String = 'AA'; 'BB'; ''; 'AA'", Made(Make.MapValue("O", Pairs(("a", "AA"), ("bb", "BB")), "S")));
        Assert.Equal("O:Single = 1; 2; 0; 1", Made(Make.MapValue("O", Pairs(("a", 1f), ("bb", 2f)), "S")));
        Assert.Equal("O:Boolean = True; False; False; True", Made(Make.MapValue("O", Pairs(("a", true)), "S")));
        Assert.Equal("O:String = 'x'; 'nan'; ''; 'x'", Made(Make.MapValue("O", Pairs((1.5f, "x"), (float.NaN, "nan")), "F")));
    }

    [Fact]
    public void Values_become_keys_in_the_order_of_the_table()
    {
        Assert.Equal(
            "O:Key<UInt32, 0-1> {KeyValues:Vector<String, 2>=['sev' 'zero']} = 1; 1; 2; 0",
            Made(Make.MapValue("O", Pairs((7, "sev"), (0, "zero"), (-7, "sev")), "I", treatValuesAsKeyType: true)));
        Assert.Equal("O:Key<UInt32, 0-1> {KeyValues:Vector<String, 2>=['5' '3']} = 1; 2; 0; 1", Made(Make.MapValue("O", Pairs(("a", 5), ("bb", 3)), "S", treatValuesAsKeyType: true)));
        Assert.Equal("O:Key<UInt32, 0-1> {KeyValues:Vector<String, 2>=['yes' 'no']} = 1; 2; 1; 1", Made(Make.MapValue("O", Pairs((true, "yes"), (false, "no")), "B", treatValuesAsKeyType: true)));
    }

    [Fact]
    public void Unsigned_values_are_taken_as_the_keys_themselves()
        => Assert.Equal("O:Key<UInt32, 0-1> {KeyValues:Vector<String, 2>=['5' '3']} = 5; 3; 0; 5", Made(Make.MapValue("O", Pairs(("a", 5u), ("bb", 3u)), "S", treatValuesAsKeyType: true)));

    [Fact]
    public void Such_keys_give_their_values_back()
    {
        var mapping = Make.MapValue("A", Pairs((7, "sev"), (0, "zero")), "I", treatValuesAsKeyType: true).Append(Make.MapKeyToValue("O", "A"));
        Assert.Equal("O:String = 'sev'; ''; 'zero'; ''", Made(mapping));
    }

    [Fact]
    public void Vectors_are_mapped_slot_by_slot_into_a_vector_of_variable_size()
    {
        Assert.Equal("O:Vector<String> = ['PP' 'QQ']; ['QQ' '']; ['' 'PP']; ['' 'PP']", Made(Make.MapValue("O", Pairs(("p", "PP"), ("q", "QQ")), "N")));
        Assert.Equal(
            "O:Vector<UInt32> {KeyValues:Vector<String, 2>=['PP' 'QQ']} = [1 2]; [2 0]; [0 1]; [0 1]",
            Made(Make.MapValue("O", Pairs(("p", "PP"), ("q", "QQ")), "N", treatValuesAsKeyType: true)));
    }

    [Fact]
    public void Values_may_be_arrays()
    {
        Assert.Equal("O:Vector<Single, 2> = [1 2]; [3 4]; []; [1 2]", Made(Make.MapValue("O", Pairs(("a", new[] { 1f, 2f }), ("bb", [3f, 4f])), "S")));
        Assert.Equal("O:Vector<Single> = [1 2]; [3]; []; [1 2]", Made(Make.MapValue("O", Pairs(("a", new[] { 1f, 2f }), ("bb", [3f])), "S")));
    }

    [Fact]
    public void The_table_may_be_a_view()
    {
        IDataView table = Context.Data.LoadFromEnumerable<MixedRow>([new() { S = "a", I = 3 }, new() { S = "", I = 9 }]);
        Assert.Equal("O:Int32 = 3; 0; 9; 3", Made(Make.MapValue("O", table, table.Schema["S"], table.Schema["I"], "S")));
    }

    [Fact]
    public void A_key_twice_in_the_table_is_refused()
        => Assert.Equal("InvalidOperationException: Duplicate keys in data '7'", Describe.Error(() => Made(Make.MapValue("O", Pairs((7, "a"), (7, "b")), "I"))));

    [Fact]
    public void The_promised_schema_tells_keys_from_values()
    {
        SchemaShape shape = ShapeOf<MixedRow>();
        Assert.Equal("O:Scalar:UInt32:key {KeyValues}", Describe.Shape(Make.MapValue("O", Pairs(("a", "AA")), "S", treatValuesAsKeyType: true).GetOutputSchema(shape), "O"));
        Assert.Equal("O:Scalar:String", Describe.Shape(Make.MapValue("O", Pairs(("a", "AA")), "S").GetOutputSchema(shape), "O"));
        Assert.Equal("O:Vector:Single", Describe.Shape(Make.MapValue("O", Pairs(("a", new[] { 1f, 2f })), "S").GetOutputSchema(shape), "O"));
        Assert.Equal("ArgumentOutOfRangeException: Could not find input column 'Nope' (Parameter 'inputSchema')", ShapeError(Make.MapValue("O", Pairs(("a", "AA")), "Nope")));
    }

    private static KeyValuePair<TKey, TValue>[] Pairs<TKey, TValue>(params (TKey Key, TValue Value)[] pairs) => [.. pairs.Select(p => KeyValuePair.Create(p.Key, p.Value))];
}
