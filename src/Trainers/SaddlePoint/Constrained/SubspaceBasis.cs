// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;

namespace MLNetExtensions.Trainers.SaddlePoint.Constrained;

/// <summary>Directions in weights, orthonormal as the curvature measures, with their images.</summary>
internal sealed class SubspaceBasis
{
    // A direction of which less is left than this is taken to depend on those before it: what is left is mostly rounding.
    private const double Dependent = 1e-6;

    private readonly List<double[]> _directions = [];
    private readonly List<double[]> _images = [];
    private readonly Curvature _curvature;
    private readonly List<double[]> _products = [];
    private readonly int _features;
    private readonly int _rows;
    private int _withImages;

    public SubspaceBasis(Curvature curvature, int rows)
    {
        _curvature = curvature;
        _features = curvature.Diagonal.Length;
        _rows = rows;
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
            _directions.Add(new double[_features]);
            _images.Add(new double[_rows]);
            _products.Add(new double[_features]);
        }
        double[] added = _directions[Count], addedImage = _images[Count], product = _products[Count];
        direction.CopyTo(added);
        double length = Length(added, product);
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
                double share = TensorPrimitives.Dot<double>(_products[j], added);
                TensorPrimitives.MultiplyAdd(_directions[j], -share, added, added);
                if (hasImage)
                {
                    TensorPrimitives.MultiplyAdd(_images[j], -share, addedImage, addedImage);
                }
            }
        }
        double left = Length(added, product);
        if (!(left > Dependent))
        {
            return;
        }
        TensorPrimitives.Divide(added, left, added);
        TensorPrimitives.Divide(product, left, product);
        if (hasImage)
        {
            TensorPrimitives.Divide(addedImage, left, addedImage);
            _withImages++;
        }
        Count++;
    }

    private double Length(double[] direction, double[] product)
    {
        _curvature.Multiply(direction, product);
        return Math.Sqrt(TensorPrimitives.Dot<double>(direction, product));
    }
}
