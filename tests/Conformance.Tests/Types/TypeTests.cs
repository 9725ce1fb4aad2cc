// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace MLNetExtensions.Conformance.Tests.Types;

public class TypeTests
{
    public static TheoryData<DataViewType, string> Names => new()
    {
        { BooleanDataViewType.Instance, "Boolean" },
        { TextDataViewType.Instance, "String" },
        { DateTimeDataViewType.Instance, "DateTime" },
        { DateTimeOffsetDataViewType.Instance, "DateTimeOffset" },
        { TimeSpanDataViewType.Instance, "TimeSpan" },
        { RowIdDataViewType.Instance, "DataViewRowId" },
        { NumberDataViewType.SByte, "SByte" },
        { NumberDataViewType.UInt64, "UInt64" },
        { new KeyDataViewType(typeof(uint), 5), "Key<UInt32, 0-4>" },
        { new KeyDataViewType(typeof(ulong), ulong.MaxValue), "Key<UInt64, 0-18446744073709551614>" },
        { new VectorDataViewType(NumberDataViewType.Single), "Vector<Single>" },
        { new VectorDataViewType(NumberDataViewType.Single, 3), "Vector<Single, 3>" },
        { new VectorDataViewType(NumberDataViewType.Single, 2, 0), "Vector<Single, 2, *>" },
        { new VectorDataViewType(new KeyDataViewType(typeof(uint), 4), 3), "Vector<Key<UInt32, 0-3>, 3>" },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void A_type_writes_itself(DataViewType type, string text) => Assert.Equal(text, type.ToString());

    [Fact]
    public void A_vector_of_unknown_size_has_size_zero_and_one_dimension()
    {
        var type = new VectorDataViewType(NumberDataViewType.Single);
        Assert.Equal((0, false, 1), (type.Size, type.IsKnownSize, type.Dimensions.Length));
        Assert.Equal(typeof(VBuffer<float>), type.RawType);
    }

    [Fact]
    public void Vectors_are_equal_when_items_and_dimensions_are()
    {
        var three = new VectorDataViewType(NumberDataViewType.Single, 3);
        Assert.True(three.Equals(new VectorDataViewType(NumberDataViewType.Single, 3)));
        Assert.False(three.Equals(new VectorDataViewType(NumberDataViewType.Single, 1, 3)));
        Assert.False(three.Equals(new VectorDataViewType(NumberDataViewType.Double, 3)));
    }

    [Fact]
    public void A_key_needs_an_unsigned_type_and_a_count_that_fits_it()
    {
        const string Count = "System.ArgumentOutOfRangeException: The cardinality of a KeyDataViewType must not exceed Byte.MaxValue and must be strictly positive, but got ";
        Assert.Equal(Count + "256. (Parameter 'count')", Observed.Error(() => new KeyDataViewType(typeof(byte), 256)));
        Assert.Equal(Count + "0. (Parameter 'count')", Observed.Error(() => new KeyDataViewType(typeof(byte), 0)));
        Assert.Equal("System.ArgumentOutOfRangeException: Type is not valid, it must be Byte, UInt16, UInt32, or UInt64. (Parameter 'type')", Observed.Error(() => new KeyDataViewType(typeof(int), 3)));
    }

    [Fact]
    public void A_vector_refuses_negative_and_empty_dimensions()
    {
        Assert.Throws<ArgumentOutOfRangeException>("size", () => new VectorDataViewType(NumberDataViewType.Single, -1));
        Assert.Throws<ArgumentOutOfRangeException>("dimensions", () => new VectorDataViewType(NumberDataViewType.Single, 2, -3));
        Assert.Throws<ArgumentOutOfRangeException>("dimensions", () => new VectorDataViewType(NumberDataViewType.Single, Array.Empty<int>()));
        Assert.Throws<OverflowException>(() => new VectorDataViewType(NumberDataViewType.Single, 1 << 20, 1 << 20));
    }

    [Fact]
    public void Row_identities_are_ordered_by_their_upper_half_first_and_differ_after_each_step()
    {
        var id = new DataViewRowId(5, 7);
        Assert.Equal("00000000000000070000000000000005", id.ToString());
        Assert.True(id.CompareTo(new DataViewRowId(4, 8)) < 0);
        DataViewRowId[] ids = [id, id.Next(), id.Fork(), id.Combine(new DataViewRowId(1, 2)), id.Next().Next()];
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }
}
