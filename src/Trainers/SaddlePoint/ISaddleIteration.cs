// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint;

/// <summary>A method at work: where it is, and how it goes on.</summary>
public interface ISaddleIteration
{
    /// <summary>The present point: x, then y.</summary>
    ReadOnlySpan<double> Point { get; }

    /// <summary>The norm of F at the present point; it may have gathered rounding errors since the last <see cref="Refresh"/>.</summary>
    double Residual { get; }

    /// <summary>Takes one step.</summary>
    void Advance();

    /// <summary>Computes F at the present point anew, so that <see cref="Residual"/> is what it says; free where it was computed already.</summary>
    void Refresh();

    /// <summary>Looks whether the method has come to rest at a point that is no solution.</summary>
    /// <returns>What shows it; null as long as there is none.</returns>
    InfeasibilityCertificate? FindCertificate();

    /// <summary>Whether F, computed anew, no longer falls and is as small as rounding lets it be.</summary>
    /// <value>The default is false.</value>
    bool IsExhausted => false;

    /// <summary>A copy that goes on from here by itself.</summary>
    /// <param name="problem">The same problem, for the very same steps as this would take; or a changed one of the same sizes.</param>
    /// <param name="isChanged">Whether the problem is another: what is remembered of the old one's values is then computed anew.</param>
    ISaddleIteration Fork(ISaddleProblem problem, bool isChanged);
}
