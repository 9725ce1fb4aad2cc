// SPDX-License-Identifier: MIT
using System.Collections;

namespace Microsoft.ML.Data;

/// <summary>A dense or sparse vector over arrays that may be longer than it and that are reused from row to row.</summary>
public readonly struct VBuffer<T> : IEnumerable
{
    /// <summary>The number of items, zeros of a sparse vector included.</summary>
    public readonly int Length;

    internal readonly T[] ValueArray;
    internal readonly int[] IndexArray;
    internal readonly int Count;

    public VBuffer(int length, T[] values, int[] indices = null)
    {
        Require(length >= 0, nameof(length));
        Require(length <= (values?.Length ?? 0), nameof(values));
        Length = length;
        ValueArray = values;
        IndexArray = indices;
        Count = length;
    }

    public VBuffer(int length, int count, T[] values, int[] indices)
    {
        Require(length >= 0, nameof(length));
        Require(count >= 0 && count <= length, nameof(count));
        Require(count <= (values?.Length ?? 0), nameof(values));
        Require(count == length || count <= (indices?.Length ?? 0), nameof(indices));
        Length = length;
        Count = count;
        ValueArray = values;
        IndexArray = indices;
    }

    public bool IsDense => Count == Length;

    public static void Copy(T[] source, int sourceIndex, ref VBuffer<T> destination, int length)
    {
        Require(length >= 0, nameof(length));
        Require(sourceIndex >= 0 && sourceIndex <= (source?.Length ?? 0) - length || length == 0, nameof(sourceIndex));
        VBufferEditor<T> editor = VBufferEditor.Create(ref destination, length);
        source.AsSpan(sourceIndex, length).CopyTo(editor.Values);
        destination = editor.Commit();
    }

    public void CopyTo(ref VBuffer<T> destination)
    {
        VBufferEditor<T> editor = VBufferEditor.Create(ref destination, Length, Count);
        GetValues().CopyTo(editor.Values);
        if (!IsDense)
        {
            GetIndices().CopyTo(editor.Indices);
        }

        destination = editor.Commit();
    }

    public void CopyTo(ref VBuffer<T> destination, int sourceIndex, int length)
    {
        Require(sourceIndex >= 0 && sourceIndex <= Length, nameof(sourceIndex));
        Require(length >= 0 && sourceIndex <= Length - length, nameof(length));
        if (IsDense)
        {
            VBufferEditor<T> dense = VBufferEditor.Create(ref destination, length);
            GetValues().Slice(sourceIndex, length).CopyTo(dense.Values);
            destination = dense.Commit();
            return;
        }

        ReadOnlySpan<int> indices = GetIndices();
        int first = LowerBound(indices, sourceIndex), end = LowerBound(indices, sourceIndex + length);
        VBufferEditor<T> sparse = VBufferEditor.Create(ref destination, length, end - first);
        GetValues()[first..end].CopyTo(sparse.Values);
        if (end - first < length)
        {
            for (int i = first; i < end; i++)
            {
                sparse.Indices[i - first] = indices[i] - sourceIndex;
            }
        }

        destination = sparse.Commit();
    }

    public void CopyTo(Span<T> destination) => CopyTo(destination, 0);

    public void CopyTo(Span<T> destination, int destinationIndex, T defaultValue = default)
    {
        if (destinationIndex < 0 || destinationIndex > destination.Length - Length)
        {
            throw new ArgumentOutOfRangeException(nameof(destination), "Not large enough to hold these values.");
        }

        Span<T> target = destination.Slice(destinationIndex, Length);
        ReadOnlySpan<T> values = GetValues();
        if (IsDense)
        {
            values.CopyTo(target);
            return;
        }

        target.Fill(defaultValue);
        ReadOnlySpan<int> indices = GetIndices();
        for (int i = 0; i < indices.Length; i++)
        {
            target[indices[i]] = values[i];
        }
    }

    public void CopyToDense(ref VBuffer<T> destination)
    {
        VBufferEditor<T> editor = VBufferEditor.Create(ref destination, Length);
        CopyTo(editor.Values);
        destination = editor.Commit();
    }

    public IEnumerable<T> DenseValues()
    {
        int at = 0;
        for (int i = 0; i < Length; i++)
        {
            if (IsDense)
            {
                yield return ValueArray[i];
            }
            else
            {
                yield return at < Count && IndexArray[at] == i ? ValueArray[at++] : default;
            }
        }
    }

    /// <summary>Enumerates the explicit values only.</summary>
    public IEnumerator GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
        {
            yield return ValueArray[i];
        }
    }

    public ReadOnlySpan<int> GetIndices() => IsDense ? default : IndexArray.AsSpan(0, Count);

    public ReadOnlySpan<T> GetValues() => ValueArray.AsSpan(0, Count);

    public void GetItemOrDefault(int index, ref T destination) => destination = GetItemOrDefault(index);

    public T GetItemOrDefault(int index)
    {
        Require(index >= 0 && index < Length, nameof(index));
        if (IsDense)
        {
            return ValueArray[index];
        }

        int at = GetIndices().BinarySearch(index);
        return at >= 0 ? ValueArray[at] : default;
    }

    public IEnumerable<KeyValuePair<int, T>> Items(bool all = false)
    {
        if (all)
        {
            int index = 0;
            foreach (T value in DenseValues())
            {
                yield return new KeyValuePair<int, T>(index++, value);
            }

            yield break;
        }

        for (int i = 0; i < Count; i++)
        {
            yield return new KeyValuePair<int, T>(IsDense ? i : IndexArray[i], ValueArray[i]);
        }
    }

    public override string ToString() => IsDense ? $"Dense vector of size {Length}" : $"Sparse vector of size {Length}, {Count} explicit values";

    private static int LowerBound(ReadOnlySpan<int> indices, int value)
    {
        int at = indices.BinarySearch(value);
        return at >= 0 ? at : ~at;
    }

    private static void Require(bool condition, string name)
    {
        if (!condition)
        {
            throw new ArgumentOutOfRangeException(name);
        }
    }
}
