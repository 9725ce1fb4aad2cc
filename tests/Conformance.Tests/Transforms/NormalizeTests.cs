// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Microsoft.ML;
using Microsoft.ML.Transforms;
using static MLNetExtensions.Conformance.Tests.Transforms.TransformData;

namespace MLNetExtensions.Conformance.Tests.Transforms;

public sealed class NormalizeTests
{
    private static readonly TransformsCatalog Make = Context.Transforms;
    private static readonly IDataView Three = Context.Data.TakeRows(Mixed, 3);

    [Theory]
    [InlineData("F", true, "0.5; NaN; -1")]
    [InlineData("F", false, "1; NaN; 0")]
    [InlineData("D", true, "1E-10; -2E-09; 1")]
    [InlineData("D", false, "2.1E-09; 0; 1")]
    [InlineData("V", true, "[0.2 1 0.75]; [0 NaN 1]; [1 0 0]")]
    [InlineData("V", false, "[0.2 1 0.75]; [0 NaN 1]; [1 0 0]")]
    public void Minimum_and_maximum(string column, bool fixZero, string expected) => Assert.Equal(expected, Values(Make.NormalizeMinMax("O", column, fixZero: fixZero), Three));

    [Theory]
    [InlineData("F", true, "0.632456; NaN; -1.26491")]
    [InlineData("F", false, "1; NaN; -1")]
    [InlineData("D", true, "1.73205E-10; -3.4641E-09; 1.73205")]
    [InlineData("D", false, "-0.707107; -0.707107; 1.41421")]
    [InlineData("V", true, "[0.339683 1.41421 1.03923]; [0 NaN 1.38564]; [1.69842 0 0]")]
    [InlineData("V", false, "[-0.46291 1 0.392232]; [-0.92582 NaN 0.980581]; [1.38873 -1 -1.37281]")]
    public void Mean_and_variance(string column, bool fixZero, string expected)
        => Assert.Equal(expected, Values(Make.NormalizeMeanVariance("O", column, fixZero: fixZero), Three));

    [Fact]
    public void A_vector_without_missing_values_comes_out_as_recorded()
    {
        IDataView data = Context.Data.LoadFromEnumerable<MixedRow>([new() { V = [1, 2, 3] }, new() { V = [0, 0, 4] }, new() { V = [5, 0, 0] }]);
        Assert.Equal("[0.2 1 0.75]; [0 0 1]; [1 0 0]", Values(Make.NormalizeMinMax("O", "V"), data));
        Assert.Equal("[0.339683 1.73205 1.03923]; [0 0 1.38564]; [1.69842 0 0]", Values(Make.NormalizeMeanVariance("O", "V"), data));
        Assert.Equal("[-0.46291 1.41421 0.392232]; [-0.92582 -0.707107 0.980581]; [1.38873 -0.707107 -1.37281]", Values(Make.NormalizeMeanVariance("O", "V", fixZero: false), data));
    }

    [Fact]
    public void A_column_normalised_in_place_keeps_the_old_one_hidden()
        => Assert.Equal(
            "V:Vector<Single, 3> (hidden) | V:Vector<Single, 3> {IsNormalized:Boolean=True}",
            Describe.Columns(Make.NormalizeMinMax("V").Fit(Three).Transform(Three).Schema, "V"));

    [Fact]
    public void Sparse_vectors_are_taken_with_their_zeros()
    {
        Assert.Equal("[0 0.5 0 -1 0]; sparse5[1:1]; sparse5[]", Values(Make.NormalizeMinMax("O", "X"), Sparse));
        Assert.Equal("sparse5[1:0.5]; [0 1 0 1 0]; sparse5[3:1]", Values(Make.NormalizeMinMax("O", "X", fixZero: false), Sparse));
        Assert.Equal("[0 0.774597 0 -1.73205 0]; sparse5[1:1.54919]; sparse5[]", Values(Make.NormalizeMeanVariance("O", "X"), Sparse));
        Assert.Equal("sparse5[3:-1.41421]; [0 1.22474 0 0.707107 0]; [0 -1.22474 0 0.707107 0]", Values(Make.NormalizeMeanVariance("O", "X", fixZero: false), Sparse));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_was_constant_or_never_seen_becomes_zero(bool fixZero)
    {
        IDataView constant = Context.Data.LoadFromEnumerable<MixedRow>([new() { F = 3, V = [0, -5, 1] }, new() { F = 3, V = [0, -5, 1] }]);
        Assert.Equal("0; 0", Values(Make.NormalizeMinMax("O", "F", fixZero: fixZero), constant));
        Assert.Equal("0; 0", Values(Make.NormalizeMeanVariance("O", "F", fixZero: fixZero), constant));
        Assert.Equal("sparse3[]; sparse3[]", Values(Make.NormalizeMeanVariance("O", "V", fixZero: fixZero), constant));
        Assert.Equal("sparse3[]; [0 NaN 0]; sparse3[]; sparse3[]", Scored(Make.NormalizeMinMax("O", "V", fixZero: fixZero), Empty, Mixed));
        Assert.Equal("0; NaN; -0; 0", Scored(Make.NormalizeMeanVariance("O", "F", fixZero: fixZero), Empty, Mixed));
    }

    [Fact]
    public void Infinities_count_for_the_extremes_and_not_for_the_mean()
    {
        IDataView data = Context.Data.LoadFromEnumerable<MixedRow>([new() { F = 1 }, new() { F = float.PositiveInfinity }, new() { F = 3 }]);
        Assert.Equal("0; NaN; 0", Values(Make.NormalizeMinMax("O", "F"), data));
        Assert.Equal("0.447214; Infinity; 1.34164", Values(Make.NormalizeMeanVariance("O", "F"), data));
        Assert.Equal("-1; Infinity; 1", Values(Make.NormalizeMeanVariance("O", "F", fixZero: false), data));
    }

    [Fact]
    public void No_more_rows_than_allowed_are_looked_at()
        => Assert.Equal("0.05; -1; 5E+08", Values(Make.NormalizeMinMax("O", "D", maximumExampleCount: 2), Three));

    [Fact]
    public void Slot_names_stay()
        => Assert.StartsWith(
            "O:Vector<Single, 4> {IsNormalized:Boolean=True, SlotNames:Vector<String, 4>=sparse4[0:'F']}",
            Made(Make.Concatenate("A", "F", "V").Append(Make.NormalizeMinMax("O", "A"))));

    [Fact]
    public void Scale_and_offset_can_be_read()
    {
        IDataView data = Context.Data.LoadFromEnumerable<MixedRow>([new() { V = [1, -5, 0] }, new() { V = [3, 7, 2] }]);
        var free = (NormalizingTransformer.AffineNormalizerModelParameters<ImmutableArray<float>>)Make.NormalizeMinMax("O", "V", fixZero: false).Fit(data).GetNormalizerModelParameters(0);
        Assert.Equal("0.5 0.083333336 0.5 / 1 -5 0", string.Join(' ', free.Scale) + " / " + string.Join(' ', free.Offset));
        var fixedZero = (NormalizingTransformer.AffineNormalizerModelParameters<ImmutableArray<float>>)Make.NormalizeMinMax("O", "V").Fit(data).GetNormalizerModelParameters(0);
        Assert.Empty(fixedZero.Offset);
    }

    [Theory]
    [InlineData("S", "String")]
    [InlineData("I", "Int32")]
    [InlineData("K", "Key<UInt32, 0-4>")]
    public void Other_types_are_refused(string column, string type)
        => Assert.Equal(
            $"ArgumentOutOfRangeException: Wrong column type for input column. Expected: Single, Double, Vector of Single or Vector of Double. Got: {type}. (Parameter 'srcType')",
            FitError(Make.NormalizeMinMax("O", column)));

    [Fact]
    public void The_promised_schema_is_normalised_and_refuses_what_Fit_refuses()
    {
        Assert.Equal("O:Vector:Single {IsNormalized}", Describe.Shape(Make.NormalizeMinMax("O", "V").GetOutputSchema(ShapeOf<MixedRow>()), "O"));
        Assert.Equal(
            "ArgumentOutOfRangeException: Schema mismatch for input column 'S': expected vector or scalar of Single or Double, got String (Parameter 'inputSchema')",
            ShapeError(Make.NormalizeMinMax("O", "S")));
        Assert.Equal("ArgumentOutOfRangeException: Could not find input column 'Nope' (Parameter 'data')", FitError(Make.NormalizeMinMax("O", "Nope")));
        Assert.Equal("ArgumentOutOfRangeException: Could not find input column 'Nope' (Parameter 'inputSchema')", ShapeError(Make.NormalizeMinMax("O", "Nope")));
    }

    private static string Values(IEstimator<ITransformer> estimator, IDataView data) => Scored(estimator, data, data);
}
