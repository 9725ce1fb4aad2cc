// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint.Subspace;

/// <summary>The gradients in x of a problem's blocks, each a direction by itself.</summary>
internal sealed class BlockDirections
{
    private readonly ISaddleProblem _problem;
    private readonly double[] _gradients;
    private readonly SplitDirection[] _directions;

    public BlockDirections(ISaddleProblem problem)
    {
        _problem = problem;
        _gradients = new double[problem.Blocks * problem.PrimalSize];
        _directions = new SplitDirection[problem.Blocks];
        for (int i = 0; i < _directions.Length; i++)
        {
            _directions[i] = new SplitDirection(problem.PrimalSize, problem.DualSize);
        }
    }

    /// <summary>Computes them and their images.</summary>
    public void Compute(ReadOnlySpan<double> point)
    {
        _problem.BlockGradients(point, _gradients);
        for (int i = 0; i < _directions.Length; i++)
        {
            _gradients.AsSpan(i * _problem.PrimalSize, _problem.PrimalSize).CopyTo(_directions[i].Primal);
            _directions[i].Normalize();
            _directions[i].ComputeImages(_problem, point);
        }
    }

    public void AddTo(SearchSpace space)
    {
        foreach (SplitDirection direction in _directions)
        {
            space.Add(direction);
        }
    }
}
