// SPDX-License-Identifier: MIT
using Microsoft.ML;
using static Microsoft.ML.Transforms.MissingValueReplacingEstimator;
using static MLNetExtensions.Conformance.Tests.Transforms.TransformData;

namespace MLNetExtensions.Conformance.Tests.Transforms;

public sealed class ReplaceMissingTests
{
    private static readonly TransformsCatalog Make = Context.Transforms;

    [Theory]
    [InlineData(ReplacementMode.DefaultValue, "1.5; 0; -3; 1.5", "[1 2 3]; [0 0 4]; [5 0 0]; [5 0 0]", "[7 7 0]; [0 0 0]", "1.5; 0; -3; 1.5")]
    [InlineData(ReplacementMode.Mean, "1.5; 0; -3; 1.5", "[1 2 3]; [0 0.666667 4]; [5 0 0]; [5 0 0]", "[7 7 1.75]; [0 0 0]", "1.5; 0; -3; 1.5")]
    [InlineData(ReplacementMode.Minimum, "1.5; -3; -3; 1.5", "[1 2 3]; [0 0 4]; [5 0 0]; [5 0 0]", "[7 7 0]; [0 0 0]", "1.5; Infinity; -3; 1.5")]
    [InlineData(ReplacementMode.Maximum, "1.5; 1.5; -3; 1.5", "[1 2 3]; [0 2 4]; [5 0 0]; [5 0 0]", "[7 7 4]; [0 0 0]", "1.5; -Infinity; -3; 1.5")]
    [InlineData(ReplacementMode.Mode, "1.5; 1.5; -3; 1.5", "[1 2 3]; [0 0 4]; [5 0 0]; [5 0 0]", "[7 7 0]; [0 0 0]", "1.5; 0; -3; 1.5")]
    public void Every_mode(ReplacementMode mode, string scalars, string vectors, string others, string afterNoData)
    {
        Assert.Equal(scalars, Scored(Make.ReplaceMissingValues("O", "F", mode), Mixed, Mixed));
        Assert.Equal(vectors, Scored(Make.ReplaceMissingValues("O", "V", mode), Mixed, Mixed));
        Assert.Equal(others, Scored(Make.ReplaceMissingValues("O", "V", mode), Mixed, Unseen));
        Assert.Equal(afterNoData, Scored(Make.ReplaceMissingValues("O", "F", mode), Empty, Mixed));
    }

    [Fact]
    public void All_slots_may_share_a_replacement()
        => Assert.Equal("[1 2 3]; [0 1.81818 4]; [5 0 0]; [5 0 0]", Scored(Make.ReplaceMissingValues("O", "V", ReplacementMode.Mean, imputeBySlot: false), Mixed, Mixed));

    [Fact]
    public void A_column_of_doubles_keeps_their_precision()
        => Assert.Equal("0.1; -2; 1E+09; 3.33333E+08", Scored(Make.ReplaceMissingValues("O", "D", ReplacementMode.Mean), Mixed, Mixed));

    [Fact]
    public void Variable_vectors_and_annotations_pass()
    {
        Assert.Equal("O:Vector<Single> = [1 2]; [3]; []", Made(Make.ReplaceMissingValues("O", "X", ReplacementMode.Mean), Variable));
        Assert.StartsWith("O:Vector<Single, 4> {SlotNames:Vector<String, 4>=sparse4[0:'F']}", Made(Make.Concatenate("A", "F", "V").Append(Make.ReplaceMissingValues("O", "A"))));
    }

    [Theory]
    [InlineData("I", "Int32")]
    [InlineData("S", "String")]
    [InlineData("B", "Boolean")]
    public void Types_without_a_missing_value_are_refused(string column, string type)
    {
        string refusal = $"ArgumentOutOfRangeException: Type '{type}' is not supported by NAReplaceTransform since it doesn't have an NA value (Parameter 'inputSchema')";
        Assert.Equal(refusal, FitError(Make.ReplaceMissingValues("O", column)));
        Assert.Equal(refusal, ShapeError(Make.ReplaceMissingValues("O", column)));
    }

    [Fact]
    public void Keys_are_refused_as_zero_is_their_missing_value()
        => Assert.Equal(
            "ArgumentOutOfRangeException: Type 'Key<UInt32, 0-4>' is not supported by NAReplaceTransform since its NA value is equivalent to its default value (Parameter 'inputSchema')",
            FitError(Make.ReplaceMissingValues("O", "K")));
}
