// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Numerics.Products;

/// <summary>A product C = A B, or C += A B, or the part of one that one thread computes.</summary>
internal readonly unsafe struct Product
{
    /// <summary>Rows x inner.</summary>
    public Operand A { get; init; }

    /// <summary>Inner x columns.</summary>
    public Operand B { get; init; }

    /// <summary>Where C begins; its rows lie without gaps inside.</summary>
    public float* C { get; init; }

    /// <summary>From one row of C to the next.</summary>
    public nint CStride { get; init; }

    public int Rows { get; init; }

    public int Columns { get; init; }

    public int Inner { get; init; }

    /// <summary>Whether to add to what C holds.</summary>
    public bool Accumulate { get; init; }

    /// <summary>Whether B and C are columns: kept apart because a thread's part of a wider product may be one column too, and must not be computed otherwise.</summary>
    public bool IsVector { get; init; }

    /// <summary>How long it takes, in multiplications.</summary>
    public long Work => (long)Rows * Columns * Inner;

    /// <summary>The same for some rows of C.</summary>
    public Product RowsOf(int start, int count) => this with { A = A.From(start, 0), C = C + (start * CStride), Rows = count };

    /// <summary>The same for some columns of C.</summary>
    public Product ColumnsOf(int start, int count) => this with { B = B.From(0, start), C = C + start, Columns = count };
}
