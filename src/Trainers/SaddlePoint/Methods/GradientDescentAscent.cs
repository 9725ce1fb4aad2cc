// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint.Methods;

/// <summary>Gradient descent in x and ascent in y: one bundle a step; two with alternating updates where the parts of the field cannot be had apart.</summary>
/// <remarks>On a bilinear problem it does not converge: with simultaneous updates it runs away, with alternating ones it goes round.</remarks>
public sealed record GradientDescentAscent : ISaddleMethod
{
    /// <summary>The step size.</summary>
    public required double Step { get; init => field = StepSize.Checked(value, nameof(Step)); }

    /// <summary>Whether y sees the new x.</summary>
    /// <value>The default is simultaneous.</value>
    public UpdateOrder Order { get; init => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"{nameof(Order)} must be one of the values of {nameof(UpdateOrder)}."); }

    /// <inheritdoc/>
    public string Name => Order == UpdateOrder.Alternating ? "alternating descent-ascent" : "descent-ascent";

    /// <inheritdoc/>
    public ISaddleIteration Begin(ISaddleProblem problem, ReadOnlySpan<double> start)
    {
        ArgumentNullException.ThrowIfNull(problem);
        FieldPoint at = new(problem, start);
        return Order == UpdateOrder.Alternating ? new AlternatingIteration(at, Step, Step, isExtrapolated: false) : new DescentAscentIteration(at, Step);
    }
}
