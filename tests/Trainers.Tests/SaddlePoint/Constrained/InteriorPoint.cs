// SPDX-License-Identifier: MIT
using MathNet.Numerics.LinearAlgebra;
using MLNetExtensions.Trainers.SaddlePoint.Constrained;

namespace MLNetExtensions.Trainers.Tests.SaddlePoint.Constrained;

/// <summary>Constrained problems by a logarithmic barrier and Newton's method on all variables (weights, bias, worst loss): what the solver is compared with.</summary>
internal sealed class InteriorPoint
{
    private readonly ConstrainedProblem _problem;
    private readonly double[] _levels;
    private readonly Matrix<double> _x;
    private readonly int _size, _worst;

    public InteriorPoint(ConstrainedProblem problem, double[] levels)
    {
        _problem = problem;
        _levels = levels;
        int features = problem.Rows.Features;
        _worst = features + 1;
        _size = features + 2;
        _x = Matrix<double>.Build.Dense((int)problem.Rows.Count, features + 1, 1);
        float[] values = new float[features];
        for (int i = 0; i < _x.RowCount; i++)
        {
            problem.Rows.CopyFeatures(i, values);
            for (int j = 0; j < features; j++)
            {
                _x[i, j] = values[j];
            }
        }
    }

    private int Count => _levels.Length;

    /// <summary>The weights, the bias, the worst loss and the objective's value; infinite where no point was found that meets all constraints.</summary>
    public (double[] Point, double Objective) Solve()
    {
        var point = Vector<double>.Build.Dense(_size);
        double largest = Math.Max(0, Enumerable.Range(0, Count).Select(k => Constraint(k, point).Value).DefaultIfEmpty(0).Max());
        // First the room above all constraints is made smaller until none is left; then the objective, from a point inside.
        double room = largest + 1;
        for (int round = 0; Count > 0 && round < 60; round++)
        {
            double target = room;
            point = Center(point, 1, k => target, isFeasibility: true);
            double worst = Enumerable.Range(0, Count).Max(k => Constraint(k, point).Value);
            if (worst < -1e-6)
            {
                break;
            }
            if (room - worst < 1e-6)
            {
                break;
            }
            room = worst + (0.1 * (room - worst));
        }
        if (Count > 0 && !(Enumerable.Range(0, Count).Max(k => Constraint(k, point).Value) < 0))
        {
            return ([.. point], double.PositiveInfinity);
        }
        for (double barrier = 1; barrier > 1e-10; barrier *= 0.1)
        {
            point = Center(point, barrier, k => 0, isFeasibility: false);
        }
        return ([.. point], Objective(point).Value);
    }

    private Vector<double> Center(Vector<double> point, double barrier, Func<int, double> room, bool isFeasibility)
    {
        for (int iteration = 0; iteration < 60; iteration++)
        {
            var (value, gradient, hessian) = Merit(point);
            var step = hessian.Cholesky().Solve(gradient);
            double decrease = gradient * step, length = 1;
            while (length > 1e-12 && !(Merit(point - (length * step)).Value <= value - (1e-4 * length * decrease) + (1e-15 * Math.Abs(value))))
            {
                length /= 2;
            }
            if (length <= 1e-12)
            {
                break;
            }
            point -= length * step;
            if (decrease < 1e-10 * barrier)
            {
                break;
            }
        }
        return point;

        (double Value, Vector<double> Gradient, Matrix<double> Hessian) Merit(Vector<double> at)
        {
            var (value, gradient, hessian) = Objective(at);
            hessian += Matrix<double>.Build.DenseIdentity(_size) * 1e-13;
            if (isFeasibility)
            {
                (value, gradient, hessian) = (1e-3 * value, 1e-3 * gradient, 1e-3 * hessian);
            }
            for (int k = 0; k < Count; k++)
            {
                var constraint = Constraint(k, at);
                double slack = room(k) - constraint.Value;
                if (!(slack > 0))
                {
                    return (double.PositiveInfinity, gradient, hessian);
                }
                value -= barrier * Math.Log(slack);
                gradient += barrier / slack * constraint.Gradient;
                hessian += (barrier / slack * constraint.Hessian) + (barrier / slack / slack * constraint.Gradient.OuterProduct(constraint.Gradient));
            }
            return (value, gradient, hessian);
        }
    }

    private (double Value, Vector<double> Gradient, Matrix<double> Hessian) Objective(Vector<double> at)
    {
        var (value, gradient, hessian) = Loss(_problem.ObjectiveWeights, at);
        for (int j = 0; j < _worst - 1; j++)
        {
            value += _problem.L2 / 2 * at[j] * at[j];
            gradient[j] += _problem.L2 * at[j];
            hessian[j, j] += _problem.L2;
        }
        if (_problem.MinimizesWorst)
        {
            value += at[_worst];
            gradient[_worst] = 1;
        }
        return (value, gradient, hessian);
    }

    private (double Value, Vector<double> Gradient, Matrix<double> Hessian) Constraint(int k, Vector<double> at)
    {
        if (k < _problem.LossConstraints.Count)
        {
            var constraint = _problem.LossConstraints[k];
            double[] weights = new double[_x.RowCount];
            for (int i = 0; i < constraint.Rows.Length; i++)
            {
                weights[constraint.Rows[i]] = constraint.Weights[i];
            }
            var (value, gradient, hessian) = Loss(weights, at);
            gradient[_worst] = constraint.IsBelowWorst ? -1 : 0;
            return (value - _levels[k] - (constraint.IsBelowWorst ? at[_worst] : 0), gradient, hessian);
        }
        var linear = _problem.LinearConstraints[k - _problem.LossConstraints.Count];
        var slope = Vector<double>.Build.Dense([.. linear.Vector, linear.BiasFactor, 0]);
        return ((slope * at) - _levels[k], slope, Matrix<double>.Build.Dense(_size, _size));
    }

    private (double Value, Vector<double> Gradient, Matrix<double> Hessian) Loss(double[] weights, Vector<double> at)
    {
        var scores = _x * at.SubVector(0, _worst);
        double value = 0;
        var slopes = Vector<double>.Build.Dense(scores.Count);
        var curvatures = Vector<double>.Build.Dense(scores.Count);
        for (int i = 0; i < scores.Count; i++)
        {
            double sign = _problem.Rows.Labels[i] > 0 ? 1 : -1, margin = sign * scores[i];
            value += weights[i] * (margin > 0 ? Math.Log(1 + Math.Exp(-margin)) : Math.Log(1 + Math.Exp(margin)) - margin);
            slopes[i] = -weights[i] * sign / (1 + Math.Exp(margin));
            curvatures[i] = weights[i] / (2 + Math.Exp(margin) + Math.Exp(-margin));
        }
        var gradient = Vector<double>.Build.Dense(_size);
        gradient.SetSubVector(0, _worst, _x.TransposeThisAndMultiply(slopes));
        var hessian = Matrix<double>.Build.Dense(_size, _size);
        hessian.SetSubMatrix(0, 0, _x.TransposeThisAndMultiply(Matrix<double>.Build.DenseOfRows(_x.EnumerateRowsIndexed().Select(row => row.Item2 * curvatures[row.Item1]))));
        return (value, gradient, hessian);
    }
}
