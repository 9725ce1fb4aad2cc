// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;
using static MLNetExtensions.Conformance.Tests.Transforms.TransformData;

namespace MLNetExtensions.Conformance.Tests.Transforms;

public sealed class ConvertTypeTests
{
    private static readonly TransformsCatalog.ConversionTransforms Make = Context.Transforms.Conversion;

    [Theory]
    [InlineData("B", DataKind.Single, "O:Single {IsNormalized:Boolean=True} = 1; 0; 1; 1")]
    [InlineData("B", DataKind.Int32, "O:Int32 {IsNormalized:Boolean=True} = 1; 0; 1; 1")]
    [InlineData("F", DataKind.Double, "O:Double = 1.5; NaN; -3; 1.5")]
    [InlineData("F", DataKind.Boolean, "O:Boolean = True; True; True; True")]
    [InlineData("F", DataKind.String, "O:String = '1.5'; 'NaN'; '-3'; '1.5'")]
    [InlineData("D", DataKind.String, "O:String = '0.10000000000000001'; '-2'; '1000000000'; 'NaN'")]
    [InlineData("I", DataKind.Single, "O:Single = 7; -7; 0; 300")]
    [InlineData("I", DataKind.SByte, "O:SByte = 7; -7; 0; 44")]
    [InlineData("I", DataKind.Int64, "O:Int64 = 7; -7; 0; 300")]
    [InlineData("K", DataKind.UInt32, "O:Key<UInt32, 0-4> = 2; 3; 1; 0")]
    [InlineData("K", DataKind.Byte, "O:Key<Byte, 0-4> = 2; 3; 1; 0")]
    [InlineData("V", DataKind.Double, "O:Vector<Double, 3> = [1 2 3]; [0 NaN 4]; [5 0 0]; [5 0 0]")]
    [InlineData("S", DataKind.Single, "O:Single = NaN; NaN; 0; NaN")]
    [InlineData("S", DataKind.UInt32, "O:UInt32 = 0; 0; 0; 0")]
    public void Conversions_that_exist(string column, DataKind kind, string made) => Assert.Equal(made, Made(Make.ConvertType("O", column, kind)));

    [Theory]
    [InlineData("F", DataKind.Int32, "Single")]
    [InlineData("I", DataKind.UInt32, "Int32")]
    [InlineData("B", DataKind.Byte, "Boolean")]
    [InlineData("K", DataKind.Single, "Key<UInt32, 0-4>")]
    [InlineData("V", DataKind.Int32, "Vector<Single, 3>")]
    public void Conversions_that_do_not(string column, DataKind kind, string type)
        => Assert.Equal(
            $"ArgumentOutOfRangeException: source column '{column}' with item type '{type}' is not compatible with destination type '{kind}' (Parameter 'inputSchema')",
            FitError(Make.ConvertType("O", column, kind)));

    [Theory]
    [InlineData(DataKind.Single, "1; -2.5; 0; 0; NaN; 1000; NaN; NaN; 300")]
    [InlineData(DataKind.UInt32, "1; 0; 0; 0; 0; 0; 0; 0; 300")]
    [InlineData(DataKind.Byte, "1; 0; 0; 0; 0; 0; 0; 0; 0")]
    [InlineData(DataKind.Boolean, "True; False; False; False; False; False; True; False; False")]
    public void Texts_that_are_no_number_become_missing_or_zero(DataKind kind, string values)
    {
        IDataView texts = Context.Data.LoadFromEnumerable<TextRow>(new[] { "1", "-2.5", "", null, "abc", "1e3", "true", "?", "300" }.Select(s => new TextRow { S = s }));
        Assert.Equal(values, Scored(Make.ConvertType("O", "S", kind), texts, texts));
    }

    [Fact]
    public void Texts_that_are_no_signed_integer_are_an_error()
        => Assert.Equal("InvalidOperationException: Value could not be parsed from text to int.", Describe.Error(() => Made(Make.ConvertType("O", "S", DataKind.Int32))));

    [Fact]
    public void Annotations_stay()
    {
        Assert.Equal("O:Key<UInt64, 0-1> {KeyValues:Vector<String, 2>=['a' 'bb']} = 1; 2; 0; 1", Made(Make.MapValueToKey("A", "S").Append(Make.ConvertType("O", "A", DataKind.UInt64))));
        Assert.StartsWith(
            "O:Vector<Double, 4> {SlotNames:Vector<String, 4>=sparse4[0:'F']}", Made(Context.Transforms.Concatenate("A", "F", "V").Append(Make.ConvertType("O", "A", DataKind.Double))));
    }

    [Fact]
    public void Sparse_vectors_stay_sparse()
        => Assert.Equal("O:Vector<Double, 5> = sparse5[1:2 3:-4]; sparse5[1:4]; sparse5[]", Made(Make.ConvertType("O", "X", DataKind.Double), Sparse));

    [Fact]
    public void The_promised_schema_refuses_too()
        => Assert.Equal("ArgumentOutOfRangeException: Don't know how to convert F into UInt32 (Parameter 'inputSchema')", ShapeError(Make.ConvertType("O", "F", DataKind.UInt32)));
}
