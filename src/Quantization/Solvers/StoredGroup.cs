// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Quantization.Solvers;

/// <summary>From real parameters to what is stored: rounds the scale to its type, and measures the error of the weights decoded from that.</summary>
internal static class StoredGroup
{
    /// <summary>The better of the stored neighbours of a scale; on a tie the one of larger magnitude.</summary>
    public static QuantizedGroup From(
        ReadOnlySpan<float> weights, double scale, int zeroPoint, double offset, QuantizationForm form, ScaleStorage storage)
    {
        CodeRange range = CodeRange.Of(form, zeroPoint);
        float storedOffset = RoundOffset(offset, storage);
        float nearest = RoundScale(scale, storage);
        QuantizedGroup best = new(nearest, zeroPoint, storedOffset, GridError.Of(weights, nearest, storedOffset, range));
        if (best.SquaredError == 0 || (storage == ScaleStorage.SinglePrecision && Math.Abs(nearest) >= SmallestNormal))
        {
            return best;    // half a unit in the last place of a single costs 4e-15 of the group's energy at most
        }
        foreach (float neighbour in (ReadOnlySpan<float>)[Next(nearest, storage, up: true), Next(nearest, storage, up: false)])
        {
            double error = GridError.Of(weights, neighbour, storedOffset, range);
            if (error < best.SquaredError || (error == best.SquaredError && Math.Abs(neighbour) > Math.Abs(best.Scale)))
            {
                best = best with { Scale = neighbour, SquaredError = error };
            }
        }
        return best;
    }

    private const float SmallestNormal = 1.17549435e-38f;

    /// <summary>The nearest storable number that is neither zero nor infinite.</summary>
    public static float RoundScale(double scale, ScaleStorage storage)
    {
        double magnitude = Math.Abs(scale);
        float rounded = storage == ScaleStorage.HalfPrecision
            ? (float)(Half)Math.Clamp(magnitude, (double)Half.Epsilon, (double)Half.MaxValue)
            : (float)Math.Clamp(magnitude, float.Epsilon, float.MaxValue);
        return scale < 0 ? -rounded : rounded;
    }

    private static float RoundOffset(double offset, ScaleStorage storage) => storage == ScaleStorage.HalfPrecision
        ? (float)(Half)Math.Clamp(offset, (double)Half.MinValue, (double)Half.MaxValue)
        : (float)Math.Clamp(offset, float.MinValue, float.MaxValue);

    private static float Next(float scale, ScaleStorage storage, bool up)
    {
        float magnitude = Math.Abs(scale);
        float next = storage == ScaleStorage.HalfPrecision
            ? (float)(up ? Half.BitIncrement((Half)magnitude) : Half.BitDecrement((Half)magnitude))
            : up ? MathF.BitIncrement(magnitude) : MathF.BitDecrement(magnitude);
        return next == 0 || float.IsInfinity(next) ? scale : MathF.CopySign(next, scale);
    }
}
