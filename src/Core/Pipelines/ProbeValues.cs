// SPDX-License-Identifier: MIT
using System.Numerics;
using MLNetExtensions.Onnx.Running;

namespace MLNetExtensions.Pipelines;

/// <summary>Made-up inputs of a model, and the comparison of its outputs.</summary>
internal static class ProbeValues
{
    /// <summary>Fills a row: floating-point numbers in [0, 1), integers 0 or 1, always the same for the same seed; zeros for a negative seed.</summary>
    public static void Fill(TensorBuffer buffer, int row, int seed)
    {
        switch (buffer)
        {
            case TensorBuffer<float> b: Fill(b, row, seed, i => Unit(i, seed)); break;
            case TensorBuffer<double> b: Fill(b, row, seed, i => Unit(i, seed)); break;
            case TensorBuffer<sbyte> b: Fill(b, row, seed, i => (sbyte)Bit(i, seed)); break;
            case TensorBuffer<byte> b: Fill(b, row, seed, i => (byte)Bit(i, seed)); break;
            case TensorBuffer<short> b: Fill(b, row, seed, i => (short)Bit(i, seed)); break;
            case TensorBuffer<ushort> b: Fill(b, row, seed, i => (ushort)Bit(i, seed)); break;
            case TensorBuffer<int> b: Fill(b, row, seed, i => Bit(i, seed)); break;
            case TensorBuffer<uint> b: Fill(b, row, seed, i => (uint)Bit(i, seed)); break;
            case TensorBuffer<long> b: Fill(b, row, seed, i => Bit(i, seed)); break;
            case TensorBuffer<ulong> b: Fill(b, row, seed, i => (ulong)Bit(i, seed)); break;
            case TensorBuffer<bool> b: Fill(b, row, seed, i => Bit(i, seed) == 1); break;
            default: throw new NotSupportedException($"No values can be made up for {buffer.ElementType}.");
        }
    }

    /// <summary>True when row <paramref name="row"/> of a batch's output holds what the row scored alone gave.</summary>
    public static bool AreClose(TensorBuffer together, int row, TensorBuffer alone, double tolerance) => (together, alone) switch
    {
        (TensorBuffer<float> a, TensorBuffer<float> b) => AreClose(RowOf(a, row, b), b.Elements, tolerance),
        (TensorBuffer<double> a, TensorBuffer<double> b) => AreClose(RowOf(a, row, b), b.Elements, tolerance),
        (TensorBuffer<sbyte> a, TensorBuffer<sbyte> b) => RowOf(a, row, b).SequenceEqual(b.Elements),
        (TensorBuffer<byte> a, TensorBuffer<byte> b) => RowOf(a, row, b).SequenceEqual(b.Elements),
        (TensorBuffer<short> a, TensorBuffer<short> b) => RowOf(a, row, b).SequenceEqual(b.Elements),
        (TensorBuffer<ushort> a, TensorBuffer<ushort> b) => RowOf(a, row, b).SequenceEqual(b.Elements),
        (TensorBuffer<int> a, TensorBuffer<int> b) => RowOf(a, row, b).SequenceEqual(b.Elements),
        (TensorBuffer<uint> a, TensorBuffer<uint> b) => RowOf(a, row, b).SequenceEqual(b.Elements),
        (TensorBuffer<long> a, TensorBuffer<long> b) => RowOf(a, row, b).SequenceEqual(b.Elements),
        (TensorBuffer<ulong> a, TensorBuffer<ulong> b) => RowOf(a, row, b).SequenceEqual(b.Elements),
        (TensorBuffer<bool> a, TensorBuffer<bool> b) => RowOf(a, row, b).SequenceEqual(b.Elements),
        _ => false,
    };

    private static void Fill<T>(TensorBuffer<T> buffer, int row, int seed, Func<int, T> value)
        where T : unmanaged
    {
        var target = buffer.Row(row);
        target.Clear();
        for (int i = 0; seed >= 0 && i < target.Length; i++)
        {
            target[i] = value(i);
        }
    }

    private static Span<T> RowOf<T>(TensorBuffer<T> together, int row, TensorBuffer<T> alone)
        where T : unmanaged => together.Elements.Slice(row * alone.RowLength, alone.RowLength);

    private static bool AreClose<T>(Span<T> x, Span<T> y, double tolerance)
        where T : unmanaged, IFloatingPoint<T>
    {
        double scale = 1;
        for (int i = 0; i < y.Length; i++)
        {
            double magnitude = double.CreateSaturating(T.Abs(y[i]));
            scale = double.IsFinite(magnitude) ? Math.Max(scale, magnitude) : scale;
        }
        for (int i = 0; i < x.Length; i++)
        {
            if (x[i] == y[i] || (T.IsNaN(x[i]) && T.IsNaN(y[i])))
            {
                continue;
            }
            if (!(Math.Abs(double.CreateSaturating(x[i]) - double.CreateSaturating(y[i])) <= tolerance * scale))
            {
                return false;
            }
        }
        return true;
    }

    // The fractional part of multiples of the golden ratio: spread evenly, no two rows alike.
    private static float Unit(int i, int seed)
    {
        double x = (i + 1 + 0.37 * seed) * 0.61803398874989485 * (1 + seed);
        return (float)(x - Math.Floor(x));
    }

    private static int Bit(int i, int seed) => (i + seed) % 2;
}
