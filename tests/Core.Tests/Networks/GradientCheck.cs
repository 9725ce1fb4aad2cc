// SPDX-License-Identifier: MIT
using MLNetExtensions.Networks;
using MLNetExtensions.Numerics;

namespace MLNetExtensions.Core.Tests.Networks;

/// <summary>Compares a layer's gradients with finite differences, one for each parameter and each input.</summary>
internal static class GradientCheck
{
    // Float outputs carry errors of about 1e-7; divided by a step of 0.02 they leave 1e-5 in the difference. The five-point rule's own error,
    // h^4 f'''''/30, is smaller than that. Sums over a batch add up a few of them.
    private const float Step = 0.02f;
    private const double Tolerance = 5e-4;

    /// <summary>Fails unless every derivative of a random linear function of the outputs is what differences say, relative to the largest of them.</summary>
    public static void Verify(ILayer layer, ulong seed = 1, int rows = 5, float keepAwayFromZero = 0, ulong? passSeed = null, float parameterScale = 0.5f)
    {
        var random = new RandomStream(seed);
        float[] parameters = new float[layer.Parameters.Sum(tensor => tensor.Length)];
        random.FillNormal(parameters, parameterScale);
        var input = new DenseMatrix(rows, layer.Inputs);
        random.FillNormal(input.Values, 1);
        foreach (ref float value in input.Values)
        {
            value += Math.Sign(value) * keepAwayFromZero;
        }
        float[] projection = new float[rows * layer.Outputs];
        random.FillNormal(projection, 1);

        // What the buffers held before must not matter, so they are filled by another batch first.
        var other = new DenseMatrix(rows + 3, layer.Inputs);
        random.FillNormal(other.Values, 1);
        float[] gradient = new float[parameters.Length];
        Backward(other, new float[(rows + 3) * layer.Outputs]);
        Array.Fill(gradient, 0.25f);
        float[] inputGradient = Backward(input, projection);

        // The parameters' gradient is added to what is there.
        Compare("parameter", parameters, [.. gradient.Select(value => value - 0.25f)]);
        Compare("input", input.Values, inputGradient);

        float[] Backward(DenseMatrix batch, float[] outputGradient)
        {
            var output = layer.Forward(parameters, batch, Pass());
            Assert.Equal((batch.Rows, layer.Outputs), (output.Rows, output.Columns));
            var given = new DenseMatrix(batch.Rows, layer.Outputs);
            outputGradient.CopyTo(given.Values);
            return layer.Backward(parameters, given, gradient, needsInputGradient: true)!.Values.ToArray();
        }

        void Compare(string kind, Span<float> values, float[] analytic)
        {
            double[] numeric = new double[values.Length];
            for (int i = 0; i < values.Length; i++)
            {
                numeric[i] = Derivative(ref values[i]);
            }
            double scale = Math.Max(1, numeric.Append(0).Max(Math.Abs));
            for (int i = 0; i < values.Length; i++)
            {
                Assert.True(Math.Abs(numeric[i] - analytic[i]) <= Tolerance * scale, $"{layer.GetType().Name}, {kind} {i}: differences give {numeric[i]:g6}, the layer {analytic[i]:g6} (scale {scale:g3}).");
            }
        }

        // The steps are taken between floats that exist, so the distance is exact.
        double Derivative(ref float value)
        {
            float at = value;
            double far = Value(ref value, at + (2 * Step), out double farthest) - Value(ref value, at - (2 * Step), out double lowest);
            double near = Value(ref value, at + Step, out double high) - Value(ref value, at - Step, out double low);
            value = at;
            return ((4 * near / (high - low)) - (far / (farthest - lowest))) / 3;
        }

        double Value(ref float place, float value, out double used)
        {
            place = value;
            used = place;
            var output = layer.Forward(parameters, input, Pass()).Values;
            double sum = 0;
            for (int i = 0; i < output.Length; i++)
            {
                sum += (double)output[i] * projection[i];
            }
            return sum;
        }

        LayerPass Pass() => passSeed is { } start ? new LayerPass(new RandomStream(start)) : LayerPass.Scoring;
    }
}
