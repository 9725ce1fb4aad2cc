// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint.Rates;

/// <summary>A constraint on given rows: its surrogates, how its rate is measured, and which levels seem right.</summary>
internal interface IConstraintForm
{
    /// <summary>What is asked.</summary>
    Constraint Constraint { get; }

    /// <summary>Its surrogates.</summary>
    IReadOnlyList<SurrogateTerm> Terms { get; }

    /// <summary>The part that one row may be of what is measured: a rate can't be met more closely.</summary>
    double Step { get; }

    /// <summary>The rate, difference or loss.</summary>
    double Measure(RateTable table);

    /// <summary>The levels that the surrogates would have if the scores moved just as far as the rate that is asked for needs.</summary>
    /// <param name="scores">The present scores.</param>
    /// <param name="inside">How far on the good side of the bound the rate should be.</param>
    /// <param name="active">Which surrogates' levels the present scores are held by.</param>
    /// <param name="gain">How much farther levels of differences should move, since scores answer less than that; losses leave it to the caller.</param>
    /// <param name="levels">One for each surrogate.</param>
    void Propose(ReadOnlySpan<double> scores, double inside, ReadOnlySpan<bool> active, double gain, Span<double> levels);
}
