// SPDX-License-Identifier: MIT
using MLNetExtensions.Numerics;

namespace MLNetExtensions.Networks;

/// <summary>How a parameter tensor begins: uniform or normal around zero, or one value everywhere.</summary>
public sealed record Initialization
{
    private readonly Action<RandomStream, Memory<float>> _fill;

    private Initialization(Action<RandomStream, Memory<float>> fill) => _fill = fill;

    /// <summary>All zero.</summary>
    public static Initialization Zero { get; } = Constant(0);

    /// <summary>One value everywhere.</summary>
    public static Initialization Constant(float value) => new((_, destination) => destination.Span.Fill(value));

    /// <summary>Uniform in [-bound, bound).</summary>
    public static Initialization Uniform(float bound) => new((random, destination) => random.FillUniform(destination.Span, -bound, bound));

    /// <summary>Normal with mean 0.</summary>
    public static Initialization Normal(float standardDeviation) => new((random, destination) => random.FillNormal(destination.Span, standardDeviation));

    /// <summary>For layers before a rectifier: variance 2 / inputs (He et al., arXiv 1502.01852).</summary>
    public static Initialization He(int inputs) => Normal(MathF.Sqrt(2f / inputs));

    /// <summary>For other layers: variance 2 / (inputs + outputs), uniform (Glorot and Bengio, 2010).</summary>
    public static Initialization Glorot(int inputs, int outputs) => Uniform(MathF.Sqrt(6f / (inputs + outputs)));

    /// <summary>Writes the first values.</summary>
    public void Fill(RandomStream random, Memory<float> destination) => _fill(random, destination);
}
