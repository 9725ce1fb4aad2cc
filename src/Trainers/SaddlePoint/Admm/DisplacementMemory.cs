// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;

namespace MLNetExtensions.Trainers.SaddlePoint.Admm;

/// <summary>The last few steps of an iteration, and how each changed the displacement.</summary>
internal sealed class DisplacementMemory(int size, int capacity)
{
    private readonly double[][] _steps = [.. Enumerable.Range(0, capacity).Select(_ => new double[size])];
    private readonly double[][] _changes = [.. Enumerable.Range(0, capacity).Select(_ => new double[size])];
    private int _newest;

    public int Count { get; private set; }

    public void Clear() => Count = 0;

    public ReadOnlySpan<double> Step(int age) => _steps[Place(age)];

    public ReadOnlySpan<double> Change(int age) => _changes[Place(age)];

    public void Add(ReadOnlySpan<double> from, ReadOnlySpan<double> to, ReadOnlySpan<double> displacementFrom, ReadOnlySpan<double> displacementTo)
    {
        if (capacity == 0)
        {
            return;
        }
        _newest = (_newest + 1) % capacity;
        Count = Math.Min(Count + 1, capacity);
        TensorPrimitives.Subtract(to, from, _steps[_newest]);
        TensorPrimitives.Subtract(displacementTo, displacementFrom, _changes[_newest]);
    }

    private int Place(int age) => (_newest - age + capacity) % capacity;
}
