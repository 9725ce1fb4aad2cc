// SPDX-License-Identifier: MIT
namespace Microsoft.ML.Data;

/// <summary>The identity of a row: 128 bits that differ between the rows of one view.</summary>
public readonly struct DataViewRowId : IComparable<DataViewRowId>, IEquatable<DataViewRowId>
{
    public readonly ulong Low;
    public readonly ulong High;

    public DataViewRowId(ulong low, ulong high)
    {
        Low = low;
        High = high;
    }

    /// <summary>An identity made of both.</summary>
    public DataViewRowId Combine(DataViewRowId other) => Mixed(Low ^ Mix(other.Low + 1), High ^ Mix(other.High + 2));

    /// <summary>The identity after this one.</summary>
    public DataViewRowId Next() => Mixed(Low, High);

    /// <summary>An identity that is followed by other ones than this.</summary>
    public DataViewRowId Fork() => Mixed(High, ~Low);

    public int CompareTo(DataViewRowId other) => High != other.High ? High.CompareTo(other.High) : Low.CompareTo(other.Low);

    public bool Equals(DataViewRowId other) => Low == other.Low && High == other.High;

    public override bool Equals(object obj) => obj is DataViewRowId other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Low, High);

    public override string ToString() => $"{High:x16}{Low:x16}";

    private static DataViewRowId Mixed(ulong low, ulong high)
    {
        ulong first = Mix(low + 0x9e3779b97f4a7c15UL * (high | 1));
        ulong second = Mix(high ^ first);
        return new DataViewRowId(first ^ second, second);
    }

    // The finaliser of the SplitMix64 generator.
    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9UL;
        value = (value ^ (value >> 27)) * 0x94d049bb133111ebUL;
        return value ^ (value >> 31);
    }
}
