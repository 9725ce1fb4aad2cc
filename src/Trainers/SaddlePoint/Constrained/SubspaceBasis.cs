// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;

namespace MLNetExtensions.Trainers.SaddlePoint.Constrained;

/// <summary>Directions in weights, orthonormal in a diagonal metric, with their images.</summary>
internal sealed class SubspaceBasis
{
    // A direction of which less is left than this is taken to depend on those before it: what is left is mostly rounding.
    private const double Dependent = 1e-6;

    private readonly List<double[]> _directions = [];
    private readonly List<double[]> _images = [];
    private readonly double[] _metric, _scaled;
    private readonly int _rows;
    private int _withImages;

    public SubspaceBasis(double[] metric, int rows)
    {
        _metric = metric;
        _rows = rows;
        _scaled = new double[metric.Length];
    }

    public int Count { get; private set; }

    public double[] Direction(int index) => _directions[index];

    public double[] Image(int index) => _images[index];

    public void Clear() => Count = _withImages = 0;

    /// <summary>Adds a direction whose image is known; only before those whose image is not.</summary>
    public void Add(ReadOnlySpan<double> direction, ReadOnlySpan<double> image) => Add(direction, image, hasImage: true);

    /// <summary>Adds a direction whose image is not known yet.</summary>
    public void Add(ReadOnlySpan<double> direction) => Add(direction, [], hasImage: false);

    /// <summary>Computes the images that are not known, in one pass.</summary>
    public void Complete(RowPasses passes)
    {
        passes.Multiply(_directions[_withImages..Count], _images[_withImages..Count]);
        _withImages = Count;
    }

    private void Add(ReadOnlySpan<double> direction, ReadOnlySpan<double> image, bool hasImage)
    {
        if (Count == _directions.Count)
        {
            _directions.Add(new double[_metric.Length]);
            _images.Add(new double[_rows]);
        }
        double[] added = _directions[Count], addedImage = _images[Count];
        direction.CopyTo(added);
        double length = Math.Sqrt(Product(added, added));
        if (!(length > 0) || !double.IsFinite(length))
        {
            return;
        }
        TensorPrimitives.Divide(added, length, added);
        if (hasImage)
        {
            TensorPrimitives.Divide(image, length, addedImage);
        }
        // Twice is enough: what rounding leaves after the first round, the second one takes.
        for (int round = 0; round < 2; round++)
        {
            for (int j = 0; j < Count; j++)
            {
                double share = Product(_directions[j], added);
                TensorPrimitives.MultiplyAdd(_directions[j], -share, added, added);
                if (hasImage)
                {
                    TensorPrimitives.MultiplyAdd(_images[j], -share, addedImage, addedImage);
                }
            }
        }
        double left = Math.Sqrt(Product(added, added));
        if (!(left > Dependent))
        {
            return;
        }
        TensorPrimitives.Divide(added, left, added);
        if (hasImage)
        {
            TensorPrimitives.Divide(addedImage, left, addedImage);
            _withImages++;
        }
        Count++;
    }

    private double Product(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        TensorPrimitives.Multiply(left, _metric, _scaled);
        return TensorPrimitives.Dot(_scaled, right);
    }
}
