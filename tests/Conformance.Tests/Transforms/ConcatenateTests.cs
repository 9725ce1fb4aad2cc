// SPDX-License-Identifier: MIT
using Microsoft.ML;
using static MLNetExtensions.Conformance.Tests.Transforms.TransformData;

namespace MLNetExtensions.Conformance.Tests.Transforms;

public sealed class ConcatenateTests
{
    private static readonly TransformsCatalog Make = Context.Transforms;

    [Fact]
    public void Scalars_and_vectors_make_a_vector_whose_scalars_name_their_slots()
    {
        Assert.Equal("O:Vector<Single, 4> {SlotNames:Vector<String, 4>=sparse4[0:'F']} = [1.5 1 2 3]; [NaN 0 NaN 4]; [-3 5 0 0]; [1.5 5 0 0]", Made(Make.Concatenate("O", "F", "V")));
        Assert.Equal("ColumnConcatenatingTransformer", Make.Concatenate("O", "F", "V").Fit(Mixed).GetType().Name);
    }

    [Fact]
    public void Texts_keys_and_flags_concatenate_too()
    {
        Assert.StartsWith("O:Vector<String, 2> {SlotNames:Vector<String, 2>=['S' 'S']} = ['a' 'a']; ['bb' 'bb']; ['' '']", Made(Make.Concatenate("O", "S", "S")));
        Assert.StartsWith("O:Vector<Key<UInt32, 0-4>, 2> {SlotNames:Vector<String, 2>=['K' 'K']} = [2 2]; [3 3]; [1 1]; [0 0]", Made(Make.Concatenate("O", "K", "K")));
        Assert.StartsWith("O:Vector<Boolean, 2>", Made(Make.Concatenate("O", "B", "B")));
    }

    [Fact]
    public void At_most_half_of_the_values_stay_sparse()
    {
        Assert.Equal("O:Vector<Single, 6> {SlotNames:Vector<String, 6>=sparse6[5:'F']} = sparse6[1:2 3:-4 5:2]; sparse6[1:4 5:4]; sparse6[5:0]", Made(Make.Concatenate("O", "X", "F"), Sparse));
        Assert.Equal("O:Vector<Single, 7> {SlotNames:Vector<String, 7>=sparse7[0:'F' 1:'F']} = [2 2 0 2 0 -4 0]; sparse7[0:4 1:4 3:4]; sparse7[0:0 1:0]", Made(Make.Concatenate("O", "F", "F", "X"), Sparse));
        Assert.Equal("O:Vector<Single, 15> = sparse15[1:2 3:-4 6:2 8:-4 11:2 13:-4]; sparse15[1:4 6:4 11:4]; sparse15[]", Made(Make.Concatenate("O", "X", "X", "X"), Sparse));
    }

    [Fact]
    public void Vectors_of_variable_size_make_one()
        => Assert.Equal("O:Vector<Single> = [1 2 1 2]; [3 3]; []", Made(Make.Concatenate("O", "X", "X"), Variable));

    [Fact]
    public void One_vector_is_copied_and_one_scalar_becomes_a_vector_of_one()
    {
        Assert.StartsWith("O:Vector<Single, 3> = [1 2 3]", Made(Make.Concatenate("O", "V")));
        Assert.StartsWith("O:Vector<Single, 1> {SlotNames:Vector<String, 1>=['F']} = [1.5]", Made(Make.Concatenate("O", "F")));
    }

    [Fact]
    public void Slot_names_are_prefixed_with_their_column()
        => Assert.StartsWith("O:Vector<Single, 5> {SlotNames:Vector<String, 5>=['A.F' '' '' '' 'F']} =", Made(Make.Concatenate("A", "F", "V").Append(Make.Concatenate("O", "A", "F"))));

    [Fact]
    public void Slot_ranges_of_categories_move_with_their_slots()
    {
        string made = Made(Make.Categorical.OneHotEncoding("A", "W").Append(Make.Concatenate("O", "F", "A", "X", "A")), Sparse);
        Assert.StartsWith(
            "O:Vector<Single, 10> {SlotNames:Vector<String, 10>=['F' 'A.u' 'A.v' '' '' '' '' '' 'A.u' 'A.v'], CategoricalSlotRanges:Vector<Int32, 2, 2>=[1 2 8 9]} =", made);
    }

    [Fact]
    public void Only_normalised_columns_make_a_normalised_vector()
    {
        Assert.Contains("IsNormalized", Made(Make.NormalizeMinMax("V").Append(Make.NormalizeMinMax("F")).Append(Make.Concatenate("O", "F", "V"))), StringComparison.Ordinal);
        Assert.DoesNotContain("IsNormalized", Made(Make.NormalizeMinMax("V").Append(Make.Concatenate("O", "F", "V"))), StringComparison.Ordinal);
    }

    [Fact]
    public void The_output_may_hide_an_input()
        => Assert.StartsWith("F:Single (hidden) | F:Vector<Single, 4>", Describe.Columns(Make.Concatenate("F", "F", "V").Fit(Mixed).Transform(Mixed).Schema, "F"));

    [Fact]
    public void Fit_does_not_look_at_the_columns_but_use_does()
    {
        Assert.Equal("no exception", FitError(Make.Concatenate("O", "Nope")));
        Assert.Equal("no exception", FitError(Make.Concatenate("O", "F", "S")));
        Assert.Equal("ArgumentOutOfRangeException: Could not find input column 'Nope' (Parameter 'inputSchema')", Describe.Error(() => Make.Concatenate("O", "Nope").Fit(Mixed).Transform(Mixed)));
        Assert.Equal(
            "ArgumentOutOfRangeException: Schema mismatch for input column 'S': expected Single, got String (Parameter 'inputSchema')",
            Describe.Error(() => Make.Concatenate("O", "F", "S").Fit(Mixed).GetOutputSchema(Mixed.Schema)));
        Assert.Equal("ArgumentOutOfRangeException: Could not find input column 'Nope' (Parameter 'inputSchema')", FitError(Make.Concatenate("C", "Nope").Append(Make.CopyColumns("D", "C"))));
    }

    [Fact]
    public void The_promised_schema_refuses_mixed_types_and_keys()
    {
        Assert.Equal("O:Vector:Single {SlotNames}", Describe.Shape(Make.Concatenate("O", "F", "V").GetOutputSchema(ShapeOf<MixedRow>()), "O"));
        Assert.Equal(
            "InvalidOperationException: Concatenated columns should have the same type. Column 'S' has type of String, but expected column type is Single.",
            ShapeError(Make.Concatenate("O", "F", "S")));
        Assert.Equal("InvalidOperationException: Column 'K' is key. Concatenation of keys is unsupported.", ShapeError(Make.Concatenate("O", "K", "K")));
    }

    [Fact]
    public void No_columns_are_refused_at_once()
        => Assert.Equal("ArgumentOutOfRangeException: Input columns not specified (Parameter 'inputColumnNames')", Describe.Error(() => Make.Concatenate("O")));
}
