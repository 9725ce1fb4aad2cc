// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint.Methods;

/// <summary>The primal-dual hybrid gradient method (Chambolle and Pock, 2011), explicit in both players: y moves by the gradient at a point as far beyond the new x as that is from the old one. One bundle a step where the parts of the field can be had apart, as in this library's bilinear and quadratic problems; else two.</summary>
/// <remarks>For a bilinear problem with matrix A it converges where <see cref="PrimalStep"/> times <see cref="DualStep"/> times ‖A‖² is below 1.</remarks>
public sealed record PrimalDualHybridGradient : ISaddleMethod
{
    /// <summary>The step size of x.</summary>
    public required double PrimalStep { get; init => field = StepSize.Checked(value, nameof(PrimalStep)); }

    /// <summary>The step size of y.</summary>
    public required double DualStep { get; init => field = StepSize.Checked(value, nameof(DualStep)); }

    /// <inheritdoc/>
    public string Name => "PDHG";

    /// <inheritdoc/>
    public ISaddleIteration Begin(ISaddleProblem problem, ReadOnlySpan<double> start)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return new AlternatingIteration(new FieldPoint(problem, start), PrimalStep, DualStep, isExtrapolated: true);
    }
}
