// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;

namespace MLNetExtensions.Trainers.SaddlePoint.Constrained;

/// <summary>The subspaces of a solver: what spans them, and the steps and the curvature that it remembers for them.</summary>
internal sealed class ConstrainedSubspace
{
    // Fewer passes than this between two computations of all second derivatives are not worth a new one, however cheap it is.
    private const int FullAfter = 8;

    private readonly ConstrainedProblem _problem;
    private readonly RowPasses _passes;
    private readonly LossBlocks _losses;
    private readonly ConstrainedPoint _point;
    private readonly Curvature _curvature;
    private readonly SubspaceBasis _basis;
    private readonly Queue<(double[] Step, double[] Image)> _steps = new();
    private readonly double[] _work, _first, _second, _rowCurvatures, _image;
    private readonly int _memory;
    private readonly bool _usesFull;
    private int _fullAt;

    public ConstrainedSubspace(ConstrainedProblem problem, RowPasses passes, LossBlocks losses, ConstrainedPoint point, int memory, bool usesFull)
    {
        _problem = problem;
        _passes = passes;
        _losses = losses;
        _point = point;
        _memory = memory;
        _usesFull = usesFull;
        _curvature = new Curvature(passes.Features, problem.L2);
        _basis = new SubspaceBasis(_curvature, passes.Rows);
        _work = new double[passes.Features];
        _first = new double[passes.Features];
        _second = new double[passes.Features];
        _rowCurvatures = new double[passes.Rows];
        _image = new double[passes.Rows];
    }

    /// <summary>Begins with a diagonal curvature.</summary>
    public void Begin(Curvature curvature) => _curvature.CopyDiagonal(curvature);

    /// <summary>Forgets the steps.</summary>
    public void Forget() => _steps.Clear();

    /// <summary>Computes scores and the images of steps anew, in one pass.</summary>
    public void Refresh()
    {
        _passes.Multiply([_point.Weights, .. _steps.Select(step => step.Step)], [_point.Scores, .. _steps.Select(step => step.Image)]);
        TensorPrimitives.Add(_point.Scores, _point.Bias, _point.Scores);
    }

    /// <summary>Computes the gradients that are asked for, in one pass unless they are there already, and the curvature's diagonal in that same pass.</summary>
    public void UpdateGradients(BlockGradients gradients, ReadOnlySpan<bool> isNeeded)
    {
        if (_curvature.IsFull || gradients.IsCurrent(0))
        {
            gradients.Update(_losses, _passes, isNeeded);
            return;
        }
        _losses.CopyCurvatures(_point.Multipliers, _rowCurvatures);
        gradients.Update(_losses, _passes, isNeeded, _rowCurvatures, _first, _second);
        _curvature.SetDiagonal(TensorPrimitives.Sum<double>(_rowCurvatures), _first, _second);
    }

    /// <summary>Computes all second derivatives where that is due.</summary>
    /// <param name="passesLeft">The passes that the solution will take, as things go.</param>
    /// <param name="token">Ends it with an exception.</param>
    public void UpdateCurvature(double passesLeft, CancellationToken token)
    {
        // Half as much work as this costs has been done without; and more than it costs is expected without it.
        if (_usesFull && passesLeft > _passes.MomentsCost + FullAfter && _passes.Count - _fullAt >= Math.Max(_passes.MomentsCost / 2, FullAfter))
        {
            _losses.CopyCurvatures(_point.Multipliers, _rowCurvatures);
            _curvature.SetFull(_passes.Moments(_rowCurvatures, _curvature.Mean, token));
            _fullAt = _passes.Count;
        }
    }

    /// <summary>The weights, the steps, the Lagrangian's gradient and those of active constraints; one pass.</summary>
    public SubspaceBasis Span(BlockGradients gradients, ReadOnlySpan<bool> isActive, ReadOnlySpan<double> lagrangian, double lagrangianBias)
    {
        _basis.Clear();
        TensorPrimitives.Subtract(_point.Scores, _point.Bias, _image);
        _basis.Add(_point.Weights, _image);
        foreach (var (step, image) in _steps.Reverse())
        {
            _basis.Add(step, image);
        }
        // The Lagrangian's gradient comes first: near the solution those of its parts almost cancel, and what their difference is would be lost in rounding. With
        // the constraints' gradients it spans the objective's.
        AddDivided(lagrangian, lagrangianBias);
        int losses = _problem.LossConstraints.Count;
        for (int k = 0; k < isActive.Length; k++)
        {
            if (isActive[k])
            {
                AddDivided(k < losses ? gradients.Weights[k + 1] : _problem.LinearConstraints[k - losses].Vector, k < losses ? gradients.Biases[k + 1] : _problem.LinearConstraints[k - losses].BiasFactor);
            }
        }
        _basis.Complete(_passes);
        return _basis;
    }

    /// <summary>Remembers a step along the basis.</summary>
    public void Remember(ReadOnlySpan<double> coefficients)
    {
        if (_memory == 0)
        {
            return;
        }
        var (step, image) = _steps.Count >= _memory ? _steps.Dequeue() : (new double[_passes.Features], new double[_passes.Rows]);
        Array.Clear(step);
        Array.Clear(image);
        for (int j = 0; j < _basis.Count; j++)
        {
            TensorPrimitives.MultiplyAdd(_basis.Direction(j), coefficients[j], step, step);
            TensorPrimitives.MultiplyAdd(_basis.Image(j), coefficients[j], image, image);
        }
        _steps.Enqueue((step, image));
    }

    private void AddDivided(ReadOnlySpan<double> gradient, double bias)
    {
        _curvature.Divide(gradient, bias, _work);
        _basis.Add(_work);
    }
}
