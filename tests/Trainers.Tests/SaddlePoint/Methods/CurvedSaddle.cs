// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint.Methods;

/// <summary>log cosh(x1 - 2) + log cosh(x2) + ¼(x1² + x2²) + x1 y1 + x2 y2 - log cosh(y1 + 1) - ¼(y1² + y2²): smooth, and not affine.</summary>
internal sealed class CurvedSaddle : IPartialField
{
    public int PrimalSize => 2;

    public int DualSize => 2;

    public bool IsAffine => false;

    public void Field(ReadOnlySpan<double> point, Span<double> field)
    {
        PrimalField(point, field[..2]);
        DualField(point, field[2..]);
    }

    public void PrimalField(ReadOnlySpan<double> point, Span<double> field)
    {
        field[0] = Math.Tanh(point[0] - 2) + (0.5 * point[0]) + point[2];
        field[1] = Math.Tanh(point[1]) + (0.5 * point[1]) + point[3];
    }

    public void DualField(ReadOnlySpan<double> point, Span<double> field)
    {
        field[0] = -point[0] + Math.Tanh(point[2] + 1) + (0.5 * point[2]);
        field[1] = -point[1] + (0.5 * point[3]);
    }

    public void Images(ReadOnlySpan<double> point, ReadOnlySpan<double> direction, Span<double> primalImage, Span<double> dualImage) => throw new NotSupportedException();
}
