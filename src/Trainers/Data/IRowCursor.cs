// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.Data;

/// <summary>Reads rows one after another.</summary>
internal interface IRowCursor : IDisposable
{
    /// <summary>The label of the current row.</summary>
    float Label { get; }

    /// <summary>The weight of the current row.</summary>
    float Weight { get; }

    /// <summary>Goes on to the next row.</summary>
    /// <returns>False when there is none.</returns>
    bool MoveNext();

    /// <summary>Appends the current row.</summary>
    void CopyTo(TrainingRowsBuilder rows);
}
