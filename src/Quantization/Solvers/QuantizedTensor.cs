// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Quantization.Solvers;

/// <summary>A quantized tensor: a code for each weight, in the order of the weights, and the parameters of each group.</summary>
/// <param name="Layout">Which weights belong to which group.</param>
/// <param name="Form">What the parameters mean.</param>
/// <param name="Codes">The codes: -8..7 with the symmetric forms, 0..15 with the others.</param>
/// <param name="Groups">The parameters, group by group.</param>
/// <param name="SquaredError">The sum of the groups' squared errors.</param>
/// <param name="SquaredWeights">The sum of the squared weights.</param>
public sealed record QuantizedTensor(
    GroupLayout Layout, QuantizationForm Form, sbyte[] Codes, QuantizedGroup[] Groups, double SquaredError, double SquaredWeights)
{
    /// <summary>The squared error over the squared weights; 0 for a tensor of zeros.</summary>
    public double NormalizedError => SquaredWeights > 0 ? SquaredError / SquaredWeights : 0;

    /// <summary>The signal-to-quantization-noise ratio in decibels; positive infinity where nothing was lost.</summary>
    public double SignalToNoise => NormalizedError > 0 ? -10 * Math.Log10(NormalizedError) : double.PositiveInfinity;
}
