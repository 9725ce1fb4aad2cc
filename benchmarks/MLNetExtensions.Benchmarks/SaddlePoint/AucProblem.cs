// SPDX-License-Identifier: MIT
using MathNet.Numerics.LinearAlgebra;
using MLNetExtensions.Numerics;
using MLNetExtensions.Trainers;
using MLNetExtensions.Trainers.Data;
using MLNetExtensions.Trainers.SaddlePoint.Auc;

namespace MLNetExtensions.Benchmarks.SaddlePoint;

/// <summary>Two classes of normal rows whose covariance has a given condition number, as the saddle of AUC, with its solution in closed form.</summary>
internal sealed class AucProblem
{
    public const string Construction =
        "4000 rows of 100 features, a row positive with probability 0.3; x = U diag(sqrt(e)) (z + y 0.15 r) with U random orthonormal, e in equal ratios from 1 to 1/cond, "
        + "z and r standard normal, r the same for all rows, y 1 or 0; start at zero; variables as they are, not preconditioned";

    private const int Rows = 4000, Features = 100;
    private readonly ClassMoments _moments;
    private readonly TrainingRows _rows;
    private readonly double _l2;

    public AucProblem(double condition, double l2, ulong seed, ThreadTeam team)
    {
        RandomStream random = new(seed, 0xA0C);
        var basis = Matrix<double>.Build.Dense(Features, Features, (_, _) => random.NextNormal()).QR().Q;
        double[] shift = [.. Enumerable.Range(0, Features).Select(_ => 0.15 * random.NextNormal())];
        float[] labels = [.. Enumerable.Range(0, Rows).Select(_ => random.NextDouble() < 0.3 ? 1f : 0)];
        var hidden = Matrix<double>.Build.Dense(Rows, Features, (row, j) => Math.Pow(condition, -0.5 * j / (Features - 1)) * (random.NextNormal() + (labels[row] * shift[j])));
        _rows = TrainingRows.Dense([.. (hidden * basis.Transpose()).ToRowMajorArray().Select(value => (float)value)], Features, labels);
        _l2 = l2;
        _moments = ClassMoments.Of(_rows, team);
        Saddle = new AucSaddleProblem(_rows, _moments, l2, isPreconditioned: false, team);
    }

    public AucSaddleProblem Saddle { get; }

    public double[] Start => new double[Saddle.PrimalSize + Saddle.DualSize];

    /// <summary>The norm of J, by power iteration: J but for signs is symmetric.</summary>
    public double Norm()
    {
        double[] z = [.. Enumerable.Repeat(1.0, Start.Length)], primal = new double[z.Length], dual = new double[z.Length];
        double norm = 0;
        for (int i = 0; i < 100; i++)
        {
            Saddle.Images(Start, z, primal, dual);
            double[] image = [.. primal.Zip(dual, (a, b) => a + b)];
            image[^1] = -image[^1];
            norm = Math.Sqrt(image.Sum(value => value * value));
            z = Array.ConvertAll(image, value => value / norm);
        }
        return norm;
    }

    /// <summary>How far weights are from the closed form (C₊ + C₋ + δδ' + ρ/(2q) I)⁻¹ δ, over its norm.</summary>
    public double DistanceFromClosedForm(IReadOnlyList<double> weights)
    {
        double share = _moments.PositiveWeight / Rows;
        var difference = Vector<double>.Build.DenseOfArray(_moments.Difference);
        var system = difference.OuterProduct(difference) + (Matrix<double>.Build.DenseIdentity(Features) * (_l2 / (2 * share * (1 - share))));
        float[] features = new float[Features];
        for (int row = 0; row < Rows; row++)
        {
            _rows.CopyFeatures(row, features);
            bool positive = _rows.Labels[row] > 0;
            double[] mean = positive ? _moments.PositiveMean : _moments.NegativeMean;
            var deviation = Vector<double>.Build.Dense(Features, j => features[j] - mean[j]);
            system += deviation.OuterProduct(deviation) / (positive ? _moments.PositiveWeight : _moments.NegativeWeight);
        }
        var solution = system.Cholesky().Solve(difference);
        return (Vector<double>.Build.DenseOfEnumerable(weights.Take(Features)) - solution).L2Norm() / solution.L2Norm();
    }
}
