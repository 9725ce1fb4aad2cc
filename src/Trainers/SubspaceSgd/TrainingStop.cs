// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SubspaceSgd;

/// <summary>Why a training ended.</summary>
public enum TrainingStop
{
    /// <summary>All epochs were done.</summary>
    Completed,

    /// <summary>The validation loss had not improved for as many epochs as early stopping allows.</summary>
    EarlyStopping,

    /// <summary>The loss or a gradient was no longer a finite number, or the loss grew beyond all bounds: the learning rate is too high. The weights are the last good ones.</summary>
    Diverged,
}
