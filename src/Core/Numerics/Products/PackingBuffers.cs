// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Numerics.Products;

/// <summary>A thread's memory for packed parts of matrices. It grows to what the largest product needed, and goes with the thread.</summary>
internal sealed unsafe class PackingBuffers
{
    private const int CacheLine = 64 / sizeof(float);

    [ThreadStatic]
    private static PackingBuffers? _instance;

    private float[] _a = [], _b = [], _tile = [];

    public static PackingBuffers OfThisThread => _instance ??= new PackingBuffers();

    /// <summary>Room for rows of A.</summary>
    public float* A(int length) => Aligned(ref _a, length);

    /// <summary>Room for columns of B.</summary>
    public float* B(int length) => Aligned(ref _b, length);

    /// <summary>Room for a tile of C of which only a part is wanted.</summary>
    public float* Tile(int length) => Aligned(ref _tile, length);

    // Pinned arrays never move, so an address may be kept while the field holds the array.
    private static float* Aligned(ref float[] array, int length)
    {
        if (array.Length < length + CacheLine)
        {
            array = GC.AllocateUninitializedArray<float>(length + CacheLine, pinned: true);
        }
        nint address = (nint)System.Runtime.CompilerServices.Unsafe.AsPointer(ref System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(array));
        return (float*)((address + 63) & ~63);
    }
}
