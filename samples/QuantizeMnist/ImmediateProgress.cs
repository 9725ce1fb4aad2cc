// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Samples.QuantizeMnist;

/// <summary>Tells progress on the thread that reports it; <see cref="Progress{T}"/> may tell it after the next step has begun.</summary>
internal sealed class ImmediateProgress<T>(Action<T> tell) : IProgress<T>
{
    public void Report(T value) => tell(value);
}
