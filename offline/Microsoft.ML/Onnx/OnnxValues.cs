// SPDX-License-Identifier: MIT
using Microsoft.ML.OnnxRuntime;

namespace Microsoft.ML.StandIn;

/// <summary>Tensors over arrays.</summary>
internal static class OnnxValues
{
    /// <summary>A tensor over the array's memory; one of empty texts where the array holds texts.</summary>
    internal static OrtValue Over<T>(T[] buffer, long[] shape)
        => typeof(T) == typeof(ReadOnlyMemory<char>)
            ? OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, shape)
            : RowGetters.Call<OrtValue>(typeof(OnnxValues), null, nameof(OverMemory), [typeof(T)], buffer, shape);

    internal static void SetTexts(OrtValue value, ReadOnlyMemory<char>[] texts)
    {
        for (int i = 0; i < texts.Length; i++)
        {
            value.StringTensorSetElementAt(texts[i].Span, i);
        }
    }

    /// <summary>A copy of a tensor's values.</summary>
    internal static T[] Take<T>(OrtValue value)
        => typeof(T) == typeof(ReadOnlyMemory<char>)
            ? (T[])(object)value.GetStringTensorAsArray().Select(t => t.AsMemory()).ToArray()
            : RowGetters.Call<T[]>(typeof(OnnxValues), null, nameof(TakeMemory), [typeof(T)], value);

    private static T[] TakeMemory<T>(OrtValue value)
        where T : unmanaged
        => value.GetTensorDataAsSpan<T>().ToArray();

    private static OrtValue OverMemory<T>(T[] buffer, long[] shape)
        where T : unmanaged
        => OrtValue.CreateTensorValueFromMemory(buffer, shape);
}
