// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace MLNetExtensions.Onnx.Running;

/// <summary>A tensor buffer with elements of type <typeparamref name="T"/>.</summary>
public sealed class TensorBuffer<T> : TensorBuffer
    where T : unmanaged
{
    // Sums of floating-point numbers depend on where vector instructions begin: at the same alignment, the same bits come out.
    private const int Alignment = 64;

    private readonly Memory<T> _elements;

    /// <summary>An empty buffer.</summary>
    /// <param name="name">The input or output that it belongs to.</param>
    /// <param name="rowShape">The shape of one row, without the batch dimension.</param>
    /// <param name="capacity">How many rows fit.</param>
    /// <param name="batched">True when a leading dimension counts the rows.</param>
    public TensorBuffer(string name, IReadOnlyList<long> rowShape, int capacity, bool batched)
        : base(name, rowShape, capacity, batched)
    {
        if (!batched)
        {
            ArgumentOutOfRangeException.ThrowIfNotEqual(capacity, 1);
        }
        _elements = Allocate(checked(capacity * RowLength));
    }

    /// <summary>All elements, row after row.</summary>
    public Span<T> Elements => _elements.Span;

    /// <inheritdoc/>
    public override Type ElementType => typeof(T);

    /// <summary>The elements of one row.</summary>
    public Span<T> Row(int index) => _elements.Span.Slice(index * RowLength, RowLength);

    internal override OrtValue Bind(int rows) =>
        OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, _elements[..(rows * RowLength)], [.. ShapeOf(rows)]);

    private protected override void Load(OrtValue value) => value.GetTensorDataAsSpan<T>().CopyTo(_elements.Span);

    private static Memory<T> Allocate(int length)
    {
        int size = Unsafe.SizeOf<T>();
        var elements = GC.AllocateArray<T>(checked(length + Alignment / size), pinned: true);
        long address = Marshal.UnsafeAddrOfPinnedArrayElement(elements, 0);
        int skipped = (int)((Alignment - address % Alignment) % Alignment / size);
        return elements.AsMemory(skipped, length);
    }
}
