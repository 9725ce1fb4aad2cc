// SPDX-License-Identifier: MIT
namespace Microsoft.ML.Data;

/// <summary>How far scores are from labels.</summary>
public sealed class RegressionMetrics
{
    internal RegressionMetrics(double meanAbsoluteError, double meanSquaredError, double lossFunction, double rSquared)
    {
        MeanAbsoluteError = meanAbsoluteError;
        MeanSquaredError = meanSquaredError;
        LossFunction = lossFunction;
        RSquared = rSquared;
    }

    public double MeanAbsoluteError { get; }

    public double MeanSquaredError { get; }

    public double RootMeanSquaredError => Math.Sqrt(MeanSquaredError);

    public double LossFunction { get; }

    public double RSquared { get; }
}
