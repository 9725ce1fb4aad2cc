// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Pipelines;

/// <summary>Scores the rows of one cursor. For one thread.</summary>
public interface IBatchScorer : IDisposable
{
    /// <summary>Takes the inputs of the row that the cursor stands on into slot <paramref name="index"/> of the batch.</summary>
    void Read(int index);

    /// <summary>Computes the outputs of the first <paramref name="count"/> slots.</summary>
    void Score(int count);

    /// <summary>A <c>ValueGetter</c> that makes sure that <paramref name="batch"/> is scored and serves its current row.</summary>
    Delegate CreateGetter(int output, RowBatch batch);
}
