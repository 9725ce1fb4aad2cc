// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.Data;
using MLNetExtensions.Trainers.SaddlePoint;
using MLNetExtensions.Trainers.SaddlePoint.Constrained;
using Xunit;

namespace MLNetExtensions.Trainers.Tests.SaddlePoint.Constrained;

public class RandomProblemTests
{
    [Fact]
    public void Solver_and_interior_point_method_agree_on_what_can_be_met_and_on_the_objective()
    {
        int converged = 0, infeasible = 0;
        for (int seed = 0; seed < 16; seed++)
        {
            var random = new Random(seed);
            var problem = Problem(random);
            double[] levels = [.. problem.LossConstraints.Select(_ => problem.MinimizesWorst ? 0 : 0.15 + (0.6 * random.NextDouble())), .. problem.LinearConstraints.Select(_ => random.NextDouble() - 0.5)];
            using var solver = new ConstrainedSolver(problem, largestFullCurvature: seed % 2 * 100);

            var solution = solver.Solve(levels, 1e-8, 1000);

            double objective = new InteriorPoint(problem, levels).Solve().Objective;
            if (double.IsInfinity(objective))
            {
                Assert.Equal(SaddleStatus.InfeasibleSuspected, solution.Status);
                infeasible++;
            }
            else
            {
                Assert.Equal(SaddleStatus.Converged, solution.Status);
                Assert.Equal(objective, solution.Objective, 1e-6);
                converged++;
            }
        }
        Assert.True(converged > 4 && infeasible > 2, $"{converged} solved, {infeasible} infeasible: too few of one kind to tell anything.");
    }

    // One to three features of different scales and means, constraints on random thirds of the rows, and on random combinations of the weights.
    private static ConstrainedProblem Problem(Random random)
    {
        int count = random.Next(20, 200), features = random.Next(1, 4);
        double signal = 3 * random.NextDouble();
        float[] values = new float[count * features], labels = new float[count];
        for (int row = 0; row < count; row++)
        {
            double score = -0.3;
            for (int j = 0; j < features; j++)
            {
                double value = (4 * random.NextDouble()) - 2;
                score += signal * value;
                values[(row * features) + j] = (float)((value * (j == 1 ? 30 : 1)) + (j == 2 ? 5 : 0));
            }
            labels[row] = score + (4 * random.NextDouble()) - 2 > 0 ? 1 : 0;
        }
        bool minimizesWorst = random.Next(4) == 0;
        LossConstraint[] losses = [.. Enumerable.Range(0, minimizesWorst ? random.Next(2, 5) : random.Next(0, 4)).Select(_ =>
        {
            int[] rows = [.. Enumerable.Range(0, count).Where(_ => random.Next(3) == 0).DefaultIfEmpty(0)];
            return new LossConstraint(rows, [.. Enumerable.Repeat(1.0 / rows.Length, rows.Length)], minimizesWorst);
        })];
        LinearConstraint[] linear = [.. Enumerable.Range(0, random.Next(0, 3)).Select(_ =>
            new LinearConstraint([.. Enumerable.Range(0, features).Select(_ => random.NextDouble() - 0.5)], random.Next(2) * (random.NextDouble() - 0.5)))];
        double[] weights = [.. Enumerable.Repeat(minimizesWorst ? 0 : 1.0 / count, count)];
        return new ConstrainedProblem(TrainingRows.Dense(values, features, labels), weights, Math.Pow(10, -4 * random.NextDouble()), minimizesWorst, losses, linear);
    }
}
