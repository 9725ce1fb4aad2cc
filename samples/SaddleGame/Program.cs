// SPDX-License-Identifier: MIT
// Two games: one that is bilinear, by the subspace solver and by two peers; and a generator that learns eight Gaussians from its quarrel with a discriminator.
using System.Globalization;
using MLNetExtensions.Networks;
using MLNetExtensions.Networks.Activations;
using MLNetExtensions.Numerics;
using MLNetExtensions.Trainers.SaddlePoint;
using MLNetExtensions.Trainers.SaddlePoint.Games;
using MLNetExtensions.Trainers.SaddlePoint.Methods;
using MLNetExtensions.Trainers.SaddlePoint.Problems;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// min over x, max over y of x'Ay + b'x + c'y. A has ones on its diagonal and small numbers elsewhere, so there is just one saddle point.
const int Size = 100;
var random = new RandomStream(seed: 1);
double[,] matrix = new double[Size, Size];
for (int i = 0; i < Size; i++)
{
    for (int j = 0; j < Size; j++)
    {
        matrix[i, j] = (i == j ? 1 : 0) + (0.07 * random.NextNormal());
    }
}
double[] b = [.. Enumerable.Range(0, Size).Select(_ => random.NextNormal())], c = [.. Enumerable.Range(0, Size).Select(_ => random.NextNormal())];
var bilinear = new BilinearSaddle(matrix, b, c);
Console.WriteLine($"A bilinear game of {Size} x {Size}, to a residual of 1e-8 of the first:");
foreach (ISaddleMethod method in new ISaddleMethod[] { new SequentialSubspace(), new Extragradient { Step = 0.4 }, new GradientDescentAscent { Step = 0.1 } })
{
    var result = SaddleSolver.Solve(bilinear, new() { Method = method, MaxBundles = 100_000 });
    Console.WriteLine($"    {method.Name,-42} {result.Status,-9} {result.Bundles,7:N0} bundles of products, relative residual {result.RelativeResidual:E1}");
}

// A generator with 16 + 16 hidden values that is to imitate points of eight Gaussians on a circle; its own points are made of noise.
var ring = new GaussianRing();
var noise = new DenseMatrix(64, 2);
new RandomStream(seed: 2).FillNormal(noise.Values, 1);
var fresh = new DenseMatrix(1000, 2);
new RandomStream(seed: 3).FillNormal(fresh.Values, 1);
var network = NetworkSpec.Mlp([16, 16], new Tanh());
var game = new AdversarialGame(network, network, ring.Draw(64, seed: 1), noise);
double[] start = game.Initialize(seed: 1);
Console.WriteLine("Eight Gaussians on a circle, by a generator against a discriminator; 1,000 points from noise that it was not trained on:");
Show("before", start);
SaddleState? state = null;
for (int budget = 800; budget <= 3200; budget *= 2)
{
    var result = SaddleSolver.Solve(game, new()
    {
        Method = new OptimisticGradient { Step = 0.1 },
        Start = state is null ? start : null,
        Resume = state,
        MaxBundles = budget,
        RelativeTolerance = 1e-5,
    });
    state = result.State;
    Show($"after {result.Iterations:N0} steps", result.Primal);
}

void Show(string when, IReadOnlyList<double> parameters)
{
    var coverage = ring.Cover(game.Generate(parameters, fresh));
    Console.WriteLine($"    {when,-18} {coverage.Covered} modes covered, {coverage.NearShare,4:P0} of the points near one: {string.Join(' ', coverage.Counts)}");
}
