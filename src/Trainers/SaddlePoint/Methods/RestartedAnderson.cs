// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint.Methods;

/// <summary>Anderson's acceleration of alternating gradient descent-ascent, begun anew whenever its memory is full (as He et al., arXiv 2110.02457, combine them). One bundle a step where the parts of the field can be had apart, as in this library's bilinear and quadratic problems; else two.</summary>
public sealed record RestartedAnderson : ISaddleMethod
{
    /// <summary>The step size of the descent-ascent that it accelerates.</summary>
    public required double Step { get; init => field = StepSize.Checked(value, nameof(Step)); }

    /// <summary>How many differences of steps it combines before it forgets them.</summary>
    /// <value>The default is 10.</value>
    public int Memory { get; init => field = value is >= 1 and <= 100 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"{nameof(Memory)} must be from 1 to 100."); } = 10;

    /// <inheritdoc/>
    public string Name => $"restarted Anderson({Memory})";

    /// <inheritdoc/>
    public ISaddleIteration Begin(ISaddleProblem problem, ReadOnlySpan<double> start)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return new AndersonIteration(new FieldPoint(problem, start), Step, Memory);
    }
}
