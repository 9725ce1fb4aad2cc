// SPDX-License-Identifier: MIT
using MLNetExtensions.Numerics;

namespace MLNetExtensions.Trainers.SaddlePoint.Games;

/// <summary>The game's value with perceptrons of one hidden layer of hyperbolic tangents, in doubles and by plain loops.</summary>
internal sealed class DoubleGame(DenseMatrix samples, DenseMatrix noise, int generatorHidden, int discriminatorHidden, double generatorPenalty, double discriminatorPenalty)
{
    public int PrimalSize => (noise.Columns * generatorHidden) + generatorHidden + (generatorHidden * samples.Columns) + samples.Columns;

    public double Value(double[] point)
    {
        double[] x = point[..PrimalSize], y = point[PrimalSize..];
        double value = (0.5 * generatorPenalty * x.Sum(v => v * v)) - (0.5 * discriminatorPenalty * y.Sum(v => v * v));
        for (int i = 0; i < samples.Rows; i++)
        {
            value -= Math.Log(1 + Math.Exp(-Odds(y, Row(samples, i)))) / samples.Rows;
        }
        for (int i = 0; i < noise.Rows; i++)
        {
            value -= Math.Log(1 + Math.Exp(Odds(y, Perceptron(x, Row(noise, i), generatorHidden, samples.Columns)))) / noise.Rows;
        }
        return value;
    }

    /// <summary>F by central differences of the value.</summary>
    public double[] Field(double[] point)
    {
        const double Probe = 1e-5;
        double[] field = new double[point.Length], moved = [.. point];
        for (int i = 0; i < point.Length; i++)
        {
            moved[i] = point[i] + Probe;
            double up = Value(moved);
            moved[i] = point[i] - Probe;
            field[i] = (i < PrimalSize ? 1 : -1) * (up - Value(moved)) / (2 * Probe);
            moved[i] = point[i];
        }
        return field;
    }

    private double Odds(double[] y, double[] row) => Perceptron(y, row, discriminatorHidden, 1)[0];

    // A dense layer's parameters are its weights, a row for each input, and then its biases.
    private static double[] Perceptron(double[] parameters, double[] input, int hidden, int outputs)
    {
        int second = (input.Length + 1) * hidden;
        double[] middle = [.. Enumerable.Range(0, hidden).Select(j =>
            Math.Tanh(parameters[(input.Length * hidden) + j] + input.Select((value, i) => value * parameters[(i * hidden) + j]).Sum()))];
        return [.. Enumerable.Range(0, outputs).Select(j =>
            parameters[second + (hidden * outputs) + j] + middle.Select((value, i) => value * parameters[second + (i * outputs) + j]).Sum())];
    }

    private static double[] Row(DenseMatrix matrix, int row) => [.. matrix.Row(row).ToArray().Select(value => (double)value)];
}
