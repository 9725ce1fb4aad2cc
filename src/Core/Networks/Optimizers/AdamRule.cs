// SPDX-License-Identifier: MIT
using System.Numerics;

namespace MLNetExtensions.Networks.Optimizers;

/// <summary>Adam's arithmetic. The corrections for the means' beginning as zeros are drawn into the rate and epsilon, as section 2 of the paper does.</summary>
internal readonly struct AdamRule : IUpdateRule
{
    private readonly Vector<float> _rate;
    private readonly Vector<float> _epsilon;
    private readonly Vector<float> _new1;
    private readonly Vector<float> _new2;

    public AdamRule(float beta1, float beta2, float epsilon, long iteration, float learningRate)
    {
        double root = Math.Sqrt(1 - Math.Pow(beta2, iteration));
        _rate = new((float)(learningRate * root / (1 - Math.Pow(beta1, iteration))));
        _epsilon = new((float)(epsilon * root));
        _new1 = new(1 - beta1);
        _new2 = new(1 - beta2);
    }

    public void Update(ref Vector<float> parameter, Vector<float> gradient, ref Vector<float> first, ref Vector<float> second)
    {
        first += _new1 * (gradient - first);
        second += _new2 * ((gradient * gradient) - second);
        parameter -= _rate * first / (Vector.SquareRoot(second) + _epsilon);
    }

    // The mean of a constant gradient is the gradient, and the mean of squares keeps what it is.
    public static void Shrink(Span<float> parameters, ReadOnlySpan<float> state, Range part, float beta2, float epsilon, long iteration, float amount)
    {
        double root = Math.Sqrt(1 - Math.Pow(beta2, iteration));
        Shrinkage.Shrink(parameters[part], state.Slice(parameters.Length, parameters.Length)[part], (float)(amount * root), (float)(epsilon * root));
    }
}
