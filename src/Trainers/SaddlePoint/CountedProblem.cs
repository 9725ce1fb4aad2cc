// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint;

/// <summary>Counts what is asked of a problem.</summary>
internal sealed class CountedProblem(ISaddleProblem problem, long bundles) : ISaddleProblem
{
    public long Bundles { get; private set; } = bundles;

    public int PrimalSize => problem.PrimalSize;

    public int DualSize => problem.DualSize;

    public bool IsAffine => problem.IsAffine;

    public int ImagesCost => problem.ImagesCost;

    public int Blocks => problem.Blocks;

    public void Field(ReadOnlySpan<double> point, Span<double> field)
    {
        Bundles++;
        problem.Field(point, field);
    }

    public void Images(ReadOnlySpan<double> point, ReadOnlySpan<double> direction, Span<double> primalImage, Span<double> dualImage)
    {
        Bundles += problem.ImagesCost;
        problem.Images(point, direction, primalImage, dualImage);
    }

    public void BlockGradients(ReadOnlySpan<double> point, Span<double> gradients)
    {
        Bundles++;
        problem.BlockGradients(point, gradients);
    }
}
