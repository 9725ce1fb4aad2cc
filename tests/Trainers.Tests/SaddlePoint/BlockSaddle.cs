// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.SaddlePoint;

namespace MLNetExtensions.Trainers.Tests.SaddlePoint;

/// <summary><c>½ x₁² + ½ 100 x₂² + ½ 10⁴ x₃² - ½ y² + x₁ y</c>: three blocks, each of which the gradient of one mode alone brings to zero.</summary>
internal sealed class BlockSaddle : ISaddleProblem
{
    private static readonly double[] Curvatures = [1, 100, 1e4];

    public int PrimalSize => 3;

    public int DualSize => 1;

    public bool IsAffine => true;

    public int Blocks => 3;

    public void Field(ReadOnlySpan<double> point, Span<double> field)
    {
        for (int i = 0; i < 3; i++)
        {
            field[i] = Curvatures[i] * point[i];
        }
        field[0] += point[3];
        field[3] = point[3] - point[0];
    }

    public void Images(ReadOnlySpan<double> point, ReadOnlySpan<double> direction, Span<double> primalImage, Span<double> dualImage)
    {
        Field([direction[0], direction[1], direction[2], 0], primalImage);
        Field([0, 0, 0, direction[3]], dualImage);
    }

    public void BlockGradients(ReadOnlySpan<double> point, Span<double> gradients)
    {
        gradients.Clear();
        for (int i = 0; i < 3; i++)
        {
            gradients[(3 * i) + i] = Curvatures[i] * point[i];
        }
    }
}
