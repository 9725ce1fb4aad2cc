// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Pipelines;

/// <summary>A row of the list of classes that a key mapping is given.</summary>
internal sealed class ClassValueRow<T>
{
    public T Value { get; set; } = default!;
}
