// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Quantization.Solvers;

/// <summary>The sums that give the best scale, or the best scale and offset, for the codes that a grid assigns.</summary>
/// <param name="Count">n.</param>
/// <param name="Codes">Sum of q.</param>
/// <param name="Squares">Sum of q^2.</param>
/// <param name="Weights">Sum of w.</param>
/// <param name="Products">Sum of w q.</param>
internal readonly record struct LeastSquaresFit(int Count, double Codes, double Squares, double Weights, double Products)
{
    public static LeastSquaresFit Of(ReadOnlySpan<float> weights, double scale, double offset, CodeRange range)
    {
        (double codes, double squares, double sum, double products) = (0, 0, 0, 0);
        foreach (float weight in weights)
        {
            double code = Math.Clamp(Math.Round((weight - offset) / scale), range.Lowest, range.Highest);
            codes += code;
            squares += code * code;
            sum += weight;
            products += weight * code;
        }
        return new(weights.Length, codes, squares, sum, products);
    }

    /// <summary>The scale that minimises the error without offset; <paramref name="current"/> where the codes don't determine one.</summary>
    public double Scale(double current) => Squares > 0 && Products / Squares * current > 0 ? Products / Squares : current;

    /// <summary>The scale and offset that minimise the error; the current ones where the codes don't determine them.</summary>
    public (double Scale, double Offset) ScaleAndOffset(double scale, double offset)
    {
        double determinant = (Count * Squares) - (Codes * Codes);
        if (determinant <= 0)
        {
            return (scale, Count > 0 ? (Weights - (scale * Codes)) / Count : offset);
        }
        double fitted = ((Count * Products) - (Codes * Weights)) / determinant;
        return fitted > 0 ? (fitted, (Weights - (fitted * Codes)) / Count) : (scale, offset);
    }
}
