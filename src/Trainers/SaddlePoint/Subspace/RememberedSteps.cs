// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint.Subspace;

/// <summary>The last few steps, normalised, with their images.</summary>
internal sealed class RememberedSteps
{
    private readonly SplitDirection[] _steps;
    private int _newest = -1;

    public RememberedSteps(int capacity, int primalSize, int dualSize)
    {
        _steps = new SplitDirection[capacity];
        for (int i = 0; i < capacity; i++)
        {
            _steps[i] = new SplitDirection(primalSize, dualSize);
        }
    }

    public int Count { get; private set; }

    /// <summary>The steps, the newest first.</summary>
    public SplitDirection this[int age] => _steps[(_newest - age + _steps.Length) % _steps.Length];

    /// <summary>Remembers a step in place of the oldest.</summary>
    public void Push(SplitDirection step)
    {
        if (_steps.Length == 0)
        {
            return;
        }
        _newest = (_newest + 1) % _steps.Length;
        _steps[_newest].CopyFrom(step);
        _steps[_newest].Normalize();
        Count = Math.Min(Count + 1, _steps.Length);
    }

    public void Clear() => Count = 0;

    /// <summary>Computes the images anew.</summary>
    public void ComputeImages(ISaddleProblem problem, ReadOnlySpan<double> point)
    {
        for (int age = 0; age < Count; age++)
        {
            this[age].ComputeImages(problem, point);
        }
    }

    public void CopyFrom(RememberedSteps other)
    {
        _newest = other._newest;
        Count = other.Count;
        for (int i = 0; i < _steps.Length; i++)
        {
            _steps[i].CopyFrom(other._steps[i]);
        }
    }
}
