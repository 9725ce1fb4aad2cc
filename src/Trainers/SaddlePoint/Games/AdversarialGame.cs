// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;
using MLNetExtensions.Networks;
using MLNetExtensions.Numerics;

namespace MLNetExtensions.Trainers.SaddlePoint.Games;

/// <summary>
/// A generative adversarial network on fixed samples and fixed noise: <c>min over x, max over y of mean log D(sample) + mean log(1 - D(G(noise))) + μ/2 ‖x‖² - ν/2 ‖y‖²</c>,
/// where x are the parameters of the generator G and y those of the discriminator D.
/// </summary>
/// <remarks>
/// <para>The game of Goodfellow et al. (arXiv 1406.2661), deterministic: every evaluation runs all rows. It is neither convex nor concave, so a point where the field is zero may be a
/// poor one, such as a discriminator that is nothing: look at what the generator makes. Large penalties lead there.</para>
/// <para>Networks compute in floats, so the field is known to six digits or so, and a residual much below 1e-5 of the first is noise. Images are central differences of it: four bundles.
/// So a step of the subspace method costs many bundles, and it looks for any zero of the field: generators of first-order methods cover more modes after equal work.</para>
/// <para>One object serves one thread.</para>
/// </remarks>
/// <example>
/// <code>
/// var ring = new GaussianRing();
/// var noise = new DenseMatrix(64, 2);
/// new RandomStream(seed: 2).FillNormal(noise.Values, 1);
/// var network = NetworkSpec.Mlp([16, 16], new Tanh());
/// var game = new AdversarialGame(network, network, ring.Draw(64, seed: 1), noise);
/// var result = SaddleSolver.Solve(game, new()
/// {
///     Method = new OptimisticGradient { Step = 0.1 },
///     Start = game.Initialize(seed: 1),
///     RelativeTolerance = 1e-5,
///     MaxBundles = 3200,
/// });
/// ModeCoverage coverage = ring.Cover(game.Generate(result.Primal, noise));
/// </code>
/// </example>
public sealed class AdversarialGame : ISaddleProblem
{
    // Differences of a field that is known to 1e-7 of its size: the rounding of 1e-7 / h and the error of the formula, about h², are both small here.
    private const double Probe = 5e-3;

    private readonly Network _generator, _discriminator;
    private readonly DenseMatrix _noise, _judged, _outputGradient, _fakeGradient;
    private readonly float[] _generatorParameters, _discriminatorParameters, _generatorGradient, _discriminatorGradient;
    private readonly double[] _probe, _difference;
    private readonly RandomStream _random = new(0);
    private readonly double _generatorPenalty, _discriminatorPenalty;
    private readonly int _sampleRows;
    private readonly LayerPass _pass;

    /// <summary>Makes a game.</summary>
    /// <param name="generator">Maps rows of noise to rows like the samples. Take a smooth activation: the field's derivative should exist.</param>
    /// <param name="discriminator">Maps rows like the samples to the log-odds that they are samples.</param>
    /// <param name="samples">What is to be imitated, a row each; copied.</param>
    /// <param name="noise">What points are made of, a row each; copied.</param>
    /// <param name="generatorPenalty">μ, at least 0.</param>
    /// <param name="discriminatorPenalty">ν, at least 0.</param>
    /// <exception cref="ArgumentException">There are no samples or there is no noise, or a number is not finite.</exception>
    public AdversarialGame(NetworkSpec generator, NetworkSpec discriminator, DenseMatrix samples, DenseMatrix noise, double generatorPenalty = 1e-4, double discriminatorPenalty = 1e-3)
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentNullException.ThrowIfNull(discriminator);
        _sampleRows = Checked(samples, nameof(samples)).Rows;
        // A copy: the caller may go on to fill his with other numbers.
        _noise = new DenseMatrix(Checked(noise, nameof(noise)).Rows, noise.Columns);
        noise.Values.CopyTo(_noise.Values);
        _generatorPenalty = Penalty(generatorPenalty, nameof(generatorPenalty));
        _discriminatorPenalty = Penalty(discriminatorPenalty, nameof(discriminatorPenalty));
        _generator = generator.Build(noise.Columns, samples.Columns);
        _discriminator = discriminator.Build(samples.Columns, 1);
        if (_generator.ParameterCount == 0 || _discriminator.ParameterCount == 0)
        {
            throw new ArgumentException("Both networks need parameters; one has none.", _generator.ParameterCount == 0 ? nameof(generator) : nameof(discriminator));
        }
        _judged = new DenseMatrix(samples.Rows + noise.Rows, samples.Columns);
        samples.Values.CopyTo(_judged.Values);
        _outputGradient = new DenseMatrix(_judged.Rows, 1);
        _fakeGradient = new DenseMatrix(noise.Rows, samples.Columns);
        _generatorParameters = new float[_generator.ParameterCount];
        _discriminatorParameters = new float[_discriminator.ParameterCount];
        _generatorGradient = new float[_generator.ParameterCount];
        _discriminatorGradient = new float[_discriminator.ParameterCount];
        _probe = new double[PrimalSize + DualSize];
        _difference = new double[PrimalSize + DualSize];
        _pass = new LayerPass(_random);
    }

    /// <inheritdoc/>
    public int PrimalSize => _generator.ParameterCount;

    /// <inheritdoc/>
    public int DualSize => _discriminator.ParameterCount;

    /// <inheritdoc/>
    public bool IsAffine => false;

    /// <inheritdoc/>
    public int ImagesCost => 4;

    /// <summary>Parameters to begin with: the generator's, then the discriminator's.</summary>
    /// <param name="seed">Same seed, same parameters.</param>
    public double[] Initialize(ulong seed) => [.. _generator.Initialize(seed), .. _discriminator.Initialize(seed + 1)];

    /// <summary>Lets the generator work.</summary>
    /// <param name="parameters">The generator's parameters: x of a result, or a whole point.</param>
    /// <param name="noise">Rows as long as the game's noise.</param>
    /// <returns>A row for each.</returns>
    public DenseMatrix Generate(IReadOnlyList<double> parameters, DenseMatrix noise)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(noise);
        if (parameters.Count < PrimalSize)
        {
            throw new ArgumentException($"{parameters.Count} numbers were given; the generator has {PrimalSize} parameters.", nameof(parameters));
        }
        float[] values = [.. parameters.Take(PrimalSize).Select(value => (float)value)];
        var output = _generator.Forward(values, noise, LayerPass.Scoring);
        DenseMatrix copy = new(output.Rows, output.Columns);
        output.Values.CopyTo(copy.Values);
        return copy;
    }

    /// <inheritdoc/>
    public void Field(ReadOnlySpan<double> point, Span<double> field)
    {
        ReadOnlySpan<double> x = point[..PrimalSize], y = point[PrimalSize..];
        Span<double> primal = field[..PrimalSize], dual = field[PrimalSize..];
        TensorPrimitives.ConvertTruncating(x, _generatorParameters.AsSpan());
        TensorPrimitives.ConvertTruncating(y, _discriminatorParameters.AsSpan());
        // Layers that draw random numbers draw the same ones each time.
        _random.Reseed(0);
        var made = _generator.Forward(_generatorParameters, _noise, _pass);
        made.Values.CopyTo(_judged.Values[(_sampleRows * _judged.Columns)..]);
        var odds = _discriminator.Forward(_discriminatorParameters, _judged, _pass).Values;
        var slope = _outputGradient.Values;
        for (int i = 0; i < slope.Length; i++)
        {
            // d/ds of mean log σ(s) over samples, and of mean log(1 - σ(s)) over what was made.
            slope[i] = i < _sampleRows ? (float)(Sigmoid(-odds[i]) / _sampleRows) : (float)(-Sigmoid(odds[i]) / _noise.Rows);
        }
        Array.Clear(_discriminatorGradient);
        var inputGradient = _discriminator.Root.Backward(_discriminatorParameters, _outputGradient, _discriminatorGradient, needsInputGradient: true)!;
        inputGradient.Values[(_sampleRows * _judged.Columns)..].CopyTo(_fakeGradient.Values);
        Array.Clear(_generatorGradient);
        _generator.Backward(_generatorParameters, _fakeGradient, _generatorGradient);
        TensorPrimitives.ConvertTruncating<float, double>(_generatorGradient, primal);
        TensorPrimitives.MultiplyAdd(x, _generatorPenalty, primal, primal);
        TensorPrimitives.ConvertTruncating<float, double>(_discriminatorGradient, dual);
        TensorPrimitives.Negate(dual, dual);
        TensorPrimitives.MultiplyAdd(y, _discriminatorPenalty, dual, dual);
    }

    /// <inheritdoc/>
    public void Images(ReadOnlySpan<double> point, ReadOnlySpan<double> direction, Span<double> primalImage, Span<double> dualImage)
    {
        Difference(point, direction, 0, PrimalSize, primalImage);
        Difference(point, direction, PrimalSize, DualSize, dualImage);
    }

    private void Difference(ReadOnlySpan<double> point, ReadOnlySpan<double> direction, int begin, int length, Span<double> image)
    {
        var part = direction.Slice(begin, length);
        double norm = TensorPrimitives.Norm(part);
        if (norm == 0)
        {
            image.Clear();
            return;
        }
        double step = Probe * Math.Max(1, TensorPrimitives.Norm(point.Slice(begin, length))) / norm;
        point.CopyTo(_probe);
        TensorPrimitives.MultiplyAdd(part, step, point.Slice(begin, length), _probe.AsSpan(begin, length));
        Field(_probe, image);
        TensorPrimitives.MultiplyAdd(part, -step, point.Slice(begin, length), _probe.AsSpan(begin, length));
        Field(_probe, _difference);
        TensorPrimitives.Subtract(image, _difference, image);
        TensorPrimitives.Divide(image, 2 * step, image);
    }

    private static double Sigmoid(double score) => 1 / (1 + Math.Exp(-score));

    private static double Penalty(double value, string name) => value >= 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "A penalty must be finite and at least 0.");

    private static DenseMatrix Checked(DenseMatrix rows, string name)
    {
        ArgumentNullException.ThrowIfNull(rows, name);
        return rows.Rows == 0 ? throw new ArgumentException("There are no rows; at least one is needed.", name)
            : !TensorPrimitives.IsFiniteAll<float>(rows.Values) ? throw new ArgumentException("A value is not finite.", name)
            : rows;
    }
}
