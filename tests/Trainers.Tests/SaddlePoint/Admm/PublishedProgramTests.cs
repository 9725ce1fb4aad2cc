// SPDX-License-Identifier: MIT
using System.Globalization;
using MLNetExtensions.Benchmarks.Data;
using MLNetExtensions.TestUtilities;
using MLNetExtensions.Trainers.SaddlePoint;
using MLNetExtensions.Trainers.SaddlePoint.Admm;

namespace MLNetExtensions.Trainers.Tests.SaddlePoint.Admm;

/// <summary>Programs whose optima others have published; the benchmark saddle-qp has all twenty.</summary>
public sealed class PublishedProgramTests
{
    [RealDataTheory]
    [InlineData(0)]
    [InlineData(10)]
    public void The_published_optima_are_reached(int memory)
    {
        string[] names = ["DUAL1", "DUAL4", "DUALC5", "HS118", "HS21", "HS35", "HS35MOD", "HS76", "MOSARQP2", "QPTEST"];
        var optima = File.ReadLines(RealData.PathOf(Path.Combine("qp", "index.tsv"))).Skip(1).Select(line => line.Split('\t')).ToDictionary(fields => fields[0], fields => double.Parse(fields[6], CultureInfo.InvariantCulture));
        foreach (string name in names)
        {
            AdmmResult result = AdmmSolver.Solve(QuadraticProgramFile.Read(RealData.PathOf(Path.Combine("qp", name + ".json"))), new AdmmOptions { Memory = memory });

            Assert.Equal(SaddleStatus.Converged, result.Status);
            Assert.True(Math.Abs(result.Objective - optima[name]) <= 1e-6 * Math.Max(1, Math.Abs(optima[name])), $"{name}: {result.Objective}, published {optima[name]}");
        }
    }
}
