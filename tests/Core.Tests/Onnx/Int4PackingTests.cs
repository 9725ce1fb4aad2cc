// SPDX-License-Identifier: MIT
using FsCheck;
using FsCheck.Fluent;
using MLNetExtensions.Onnx;

namespace MLNetExtensions.Core.Tests.Onnx;

public sealed class Int4PackingTests
{
    private static readonly Config Repeatable = Config.QuickThrowOnFailure.WithMaxTest(200).WithReplay(1, 3);

    [Fact]
    public void The_first_code_of_a_pair_is_in_the_low_half()
    {
        byte[] packed = new byte[2];

        Int4Packing.Pack((sbyte[])[1, -2, -8], packed);

        Assert.Equal([0xE1, 0x08], packed);
    }

    [Fact]
    public void The_missing_partner_of_an_odd_last_code_is_zero()
    {
        byte[] packed = [0xFF];

        Int4Packing.Pack((byte[])[15], packed);

        Assert.Equal([0x0F], packed);
    }

    [Fact]
    public void Signed_codes_come_back() => Check.One(Repeatable, Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
    {
        sbyte[] codes = [.. bytes.Select(value => (sbyte)(value % 16 - 8))];
        byte[] packed = new byte[Int4Packing.PackedLength(codes.Length)];
        sbyte[] back = new sbyte[codes.Length];
        Int4Packing.Pack(codes, packed);
        Int4Packing.Unpack(packed, back);
        return codes.SequenceEqual(back);
    }));

    [Fact]
    public void Unsigned_codes_come_back() => Check.One(Repeatable, Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
    {
        byte[] codes = [.. bytes.Select(value => (byte)(value % 16))];
        byte[] packed = new byte[Int4Packing.PackedLength(codes.Length)];
        byte[] back = new byte[codes.Length];
        Int4Packing.Pack(codes, packed);
        Int4Packing.Unpack(packed, back);
        return codes.SequenceEqual(back);
    }));

    [Fact]
    public void A_span_of_the_wrong_length_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => Int4Packing.Pack(new byte[5], new byte[2]));

        Assert.StartsWith("5 codes take 3 packed bytes; the span has 2.", error.Message, StringComparison.Ordinal);
    }
}
