// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Quantization.Solvers;

/// <summary>A rule that chooses scale, zero point and offset of one group of weights. Implementations are immutable and thread-safe.</summary>
public interface IScaleSolver
{
    /// <summary>The name under which <see cref="ScaleSolvers.ByName"/> finds the rule.</summary>
    string Name { get; }

    /// <summary>Chooses the parameters of one group.</summary>
    /// <param name="weights">The group: at least one weight, all finite.</param>
    /// <param name="form">What the group may store.</param>
    /// <returns>The parameters as stored, and the squared error of the weights decoded from them.</returns>
    QuantizedGroup Solve(ReadOnlySpan<float> weights, QuantizationForm form);
}
