// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint;

/// <summary>Counts what is asked of a problem.</summary>
internal sealed class CountedProblem(ISaddleProblem problem, long bundles) : IPartialField
{
    private readonly IPartialField? _parts = problem as IPartialField;
    private long _halves = 2 * bundles;
    private double[]? _whole;

    public long Bundles => (_halves + 1) / 2;

    public int PrimalSize => problem.PrimalSize;

    public int DualSize => problem.DualSize;

    public bool IsAffine => problem.IsAffine;

    public int ImagesCost => problem.ImagesCost;

    public int Blocks => problem.Blocks;

    public void Field(ReadOnlySpan<double> point, Span<double> field)
    {
        _halves += 2;
        problem.Field(point, field);
    }

    public void PrimalField(ReadOnlySpan<double> point, Span<double> field)
    {
        if (_parts is null)
        {
            Whole(point)[..field.Length].CopyTo(field);
            return;
        }
        _halves++;
        _parts.PrimalField(point, field);
    }

    public void DualField(ReadOnlySpan<double> point, Span<double> field)
    {
        if (_parts is null)
        {
            Whole(point)[PrimalSize..].CopyTo(field);
            return;
        }
        _halves++;
        _parts.DualField(point, field);
    }

    public void Images(ReadOnlySpan<double> point, ReadOnlySpan<double> direction, Span<double> primalImage, Span<double> dualImage)
    {
        _halves += 2 * problem.ImagesCost;
        problem.Images(point, direction, primalImage, dualImage);
    }

    public void BlockGradients(ReadOnlySpan<double> point, Span<double> gradients)
    {
        _halves += 2;
        problem.BlockGradients(point, gradients);
    }

    private ReadOnlySpan<double> Whole(ReadOnlySpan<double> point)
    {
        _whole ??= new double[PrimalSize + DualSize];
        Field(point, _whole);
        return _whole;
    }
}
