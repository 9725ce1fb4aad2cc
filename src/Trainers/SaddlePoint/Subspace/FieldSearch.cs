// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;

namespace MLNetExtensions.Trainers.SaddlePoint.Subspace;

/// <summary>Fields at points that might be the next one.</summary>
internal sealed class FieldSearch(ISaddleProblem problem)
{
    // Armijo's part of the decrease that the linearised field promises.
    private const double Armijo = 1e-4;
    private const int Trials = 10;

    // The part of the promised decrease that a whole step must bring for its images, and those it was made of, to be kept.
    private const double Foretold = 0.5;

    private readonly double[] _point = new double[problem.PrimalSize + problem.DualSize];
    private readonly double[] _field = new double[problem.PrimalSize + problem.DualSize];

    /// <summary>The point last tried.</summary>
    public ReadOnlySpan<double> Point => _point;

    /// <summary>F there.</summary>
    public ReadOnlySpan<double> Field => _field;

    /// <summary>Where F at some point can be put.</summary>
    public Span<double> Room => _field;

    /// <summary>Computes F.</summary>
    public void Evaluate(ReadOnlySpan<double> point) => problem.Field(point, _field);

    /// <summary>Sums an affine field up, for nothing.</summary>
    /// <returns>Its norm after the step.</returns>
    public double Extrapolate(ReadOnlySpan<double> field, SplitDirection step)
    {
        TensorPrimitives.Add(field, step.PrimalImage, _field);
        TensorPrimitives.Add(_field, step.DualImage, _field);
        return TensorPrimitives.Norm<double>(_field);
    }

    /// <summary>Computes F after a step of some length.</summary>
    /// <returns>Its norm.</returns>
    public double Try(ReadOnlySpan<double> point, SplitDirection step, double length)
    {
        TensorPrimitives.MultiplyAdd(step.Vector, length, point, _point);
        Evaluate(_point);
        return TensorPrimitives.Norm<double>(_field);
    }

    /// <summary>Shortens a step until it reduces <c>½ ‖F‖²</c> by enough.</summary>
    /// <returns>The length, as a share of the step; 0 where there is none.</returns>
    public double Descend(ReadOnlySpan<double> point, ReadOnlySpan<double> field, SplitDirection step)
    {
        double before = TensorPrimitives.Dot(field, field) / 2;
        double slope = TensorPrimitives.Dot<double>(field, step.PrimalImage) + TensorPrimitives.Dot<double>(field, step.DualImage);
        if (!(slope < 0))
        {
            return 0;
        }
        double length = 1;
        for (int trial = 0; trial < Trials; trial++)
        {
            double residual = Try(point, step, length), after = residual * residual / 2;
            if (after <= before + (Armijo * length * slope))
            {
                return length;
            }

            // The least point of the parabola through both values and the slope, within bounds.
            double best = -slope * length * length / (2 * (after - before - (length * slope)));
            length = double.IsFinite(best) ? Math.Clamp(best, 0.1 * length, 0.5 * length) : 0.1 * length;
        }
        return 0;
    }

    /// <summary>Corrects the images of a step that was taken by what they missed of the change of F, each half in proportion to its square.</summary>
    /// <returns>Whether the images foretold the change well enough to be kept.</returns>
    public bool Correct(ReadOnlySpan<double> field, SplitDirection step, double length)
    {
        double primal = TensorPrimitives.SumOfSquares<double>(step.PrimalImage), dual = TensorPrimitives.SumOfSquares<double>(step.DualImage);
        double share = primal + dual > 0 ? primal / (primal + dual) : 0.5, promised = 0;
        for (int i = 0; i < _field.Length; i++)
        {
            double change = length * (step.PrimalImage[i] + step.DualImage[i]);
            double error = _field[i] - field[i] - change;
            promised += (field[i] + change) * (field[i] + change);
            step.PrimalImage[i] += share * error / length;
            step.DualImage[i] += (1 - share) * error / length;
        }
        double before = TensorPrimitives.SumOfSquares(field), after = TensorPrimitives.SumOfSquares<double>(_field);
        return length == 1 && before - after >= Foretold * (before - promised);
    }

    /// <summary>Takes a step of the extragradient method, shorter where F is not finite.</summary>
    public bool Extragradient(ReadOnlySpan<double> point, ReadOnlySpan<double> field, double scale, SplitDirection step)
    {
        double length = scale > 0 ? 0.5 / scale : 1;
        for (int trial = 0; trial < Trials; trial++, length /= 4)
        {
            field.CopyTo(step.Vector);
            if (double.IsFinite(Try(point, step, -length)))
            {
                TensorPrimitives.Multiply<double>(_field, -length, step.Vector);
                if (double.IsFinite(Try(point, step, 1)))
                {
                    return true;
                }
            }
        }
        return false;
    }
}
