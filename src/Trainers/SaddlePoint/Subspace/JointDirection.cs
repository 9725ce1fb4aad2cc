// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;

namespace MLNetExtensions.Trainers.SaddlePoint.Subspace;

/// <summary>A direction with one coefficient for both halves, and the image of the whole.</summary>
internal sealed class JointDirection(int primalSize, int dualSize)
{
    public SplitDirection Direction { get; } = new(primalSize, dualSize);

    public double[] Image { get; } = new double[primalSize + dualSize];

    public void Set(SplitDirection direction)
    {
        Direction.CopyFrom(direction);
        TensorPrimitives.Add(direction.PrimalImage, direction.DualImage, Image);
    }

    public void Clear()
    {
        Direction.Clear();
        Array.Clear(Image);
    }

    /// <summary>Makes the image orthogonal to that of another, whose length is 1 or 0.</summary>
    public void TakeAway(JointDirection other)
    {
        double projection = -TensorPrimitives.Dot<double>(Image, other.Image);
        if (projection != 0)
        {
            Direction.Add(other.Direction, projection, projection);
            TensorPrimitives.MultiplyAdd(other.Image, projection, Image, Image);
        }
    }

    /// <summary>Makes the image as long as 1, or clears all where it is no longer than a floor.</summary>
    public bool Normalize(double floor)
    {
        double norm = TensorPrimitives.Norm<double>(Image);
        if (!(norm > floor) || !double.IsFinite(norm))
        {
            Clear();
            return false;
        }
        TensorPrimitives.Divide(Image, norm, Image);
        Direction.Divide(norm);
        return true;
    }

    public void CopyFrom(JointDirection other)
    {
        Direction.CopyFrom(other.Direction);
        other.Image.CopyTo(Image, 0);
    }
}
