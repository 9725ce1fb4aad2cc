// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx;
using DataType = MLNetExtensions.Onnx.Protobuf.TensorProto.Types.DataType;

namespace MLNetExtensions.Core.Tests.Onnx;

public sealed class TensorTypesTests
{
    [Theory]
    [InlineData(DataType.Int2, 5, 2)]
    [InlineData(DataType.Uint4, 5, 3)]
    [InlineData(DataType.Float4E2M1, 4, 2)]
    [InlineData(DataType.Bool, 5, 5)]
    [InlineData(DataType.Float8E8M0, 5, 5)]
    [InlineData(DataType.Bfloat16, 5, 10)]
    [InlineData(DataType.Float, 5, 20)]
    [InlineData(DataType.Complex64, 5, 40)]
    [InlineData(DataType.Complex128, 5, 80)]
    [InlineData(DataType.Int4, 0, 0)]
    public void Elements_take_the_bytes_of_raw_data(DataType type, long elements, long bytes) =>
        Assert.Equal(bytes, TensorTypes.BytesOf((int)type, elements));

    [Fact]
    public void Every_type_of_the_standard_is_known_by_its_name()
    {
        Assert.All(Enum.GetValues<DataType>().Where(type => type != DataType.Undefined), type => Assert.True(TensorTypes.IsKnown((int)type)));
        Assert.Equal("FLOAT8E4M3FN", TensorTypes.NameOf((int)DataType.Float8E4M3Fn));
        Assert.Equal("BFLOAT16", TensorTypes.NameOf((int)DataType.Bfloat16));
        Assert.Equal("type 27", TensorTypes.NameOf(27));
        Assert.False(TensorTypes.IsKnown(27));
    }

    [Fact]
    public void Sizes_that_do_not_fit_64_bits_are_not_wrapped() =>
        Assert.Throws<OverflowException>(() => TensorTypes.BytesOf((int)DataType.Double, long.MaxValue / 2));
}
