// SPDX-License-Identifier: MIT
using MLNetExtensions.Quantization.Solvers;

namespace MLNetExtensions.Quantization.Tests.Solvers;

/// <summary>What can be said about a result from its codes alone.</summary>
internal static class StoredCodes
{
    /// <summary>The squared error that the codes allow with the best real scale: unlike the stored error it carries no rounding of the scale.</summary>
    public static double IdealError(ReadOnlySpan<float> weights, QuantizedGroup group, QuantizationForm form)
    {
        sbyte[] codes = new sbyte[weights.Length];
        GroupCodes.Encode(weights, group, form, codes);
        (double products, double squares) = (0, 0);
        for (int i = 0; i < codes.Length; i++)
        {
            double code = codes[i] - group.ZeroPoint;
            products += weights[i] * code;
            squares += code * code;
        }
        return WeightSamples.Energy(weights) - (squares > 0 ? products * products / squares : 0);
    }

    /// <summary>The squared error of the decoded weights, summed without vectors.</summary>
    public static double DecodedError(ReadOnlySpan<float> weights, QuantizedGroup group, QuantizationForm form)
    {
        sbyte[] codes = new sbyte[weights.Length];
        float[] decoded = new float[weights.Length];
        GroupCodes.Encode(weights, group, form, codes);
        GroupCodes.Decode(codes, group, form, decoded);
        double error = 0;
        for (int i = 0; i < decoded.Length; i++)
        {
            double difference = (double)weights[i] - decoded[i];
            error += difference * difference;
        }
        return error;
    }
}
