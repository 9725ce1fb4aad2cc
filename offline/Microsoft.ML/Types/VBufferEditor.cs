// SPDX-License-Identifier: MIT
namespace Microsoft.ML.Data;

/// <summary>Opens vectors for writing, reusing their arrays where they are large enough.</summary>
public static class VBufferEditor
{
    public static VBufferEditor<T> Create<T>(ref VBuffer<T> destination, int newLogicalLength, int? valuesCount = null, int? maxValuesCapacity = null, bool keepOldOnResize = false, bool requireIndicesOnDense = false)
    {
        if (newLogicalLength < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(newLogicalLength), "Must be non-negative.");
        }

        if (valuesCount > newLogicalLength)
        {
            throw new ArgumentOutOfRangeException(nameof(valuesCount), "If specified, must be no greater than " + nameof(newLogicalLength));
        }

        int count = valuesCount ?? newLogicalLength;
        bool newValues = Fit(destination.ValueArray, count, maxValuesCapacity ?? newLogicalLength, keepOldOnResize, out T[] values);
        int[] indices = destination.IndexArray;
        bool newIndices = (count < newLogicalLength || requireIndicesOnDense) && Fit(indices, count, maxValuesCapacity ?? newLogicalLength, keepOldOnResize, out indices);
        return new VBufferEditor<T>(newLogicalLength, count, values, indices, requireIndicesOnDense, newValues, newIndices);
    }

    public static VBufferEditor<T> CreateFromBuffer<T>(ref VBuffer<T> destination)
        => new(destination.Length, destination.Count, destination.ValueArray, destination.IndexArray, false, false, false);

    private static bool Fit<TItem>(TItem[] old, int count, int largest, bool keep, out TItem[] array)
    {
        array = old;
        if ((old?.Length ?? 0) >= count)
        {
            return false;
        }

        long doubled = Math.Max(count, 2L * (old?.Length ?? 0));
        array = new TItem[(int)Math.Max(count, Math.Min(doubled, largest))];
        if (keep && old is not null)
        {
            old.CopyTo(array, 0);
        }

        return true;
    }
}
