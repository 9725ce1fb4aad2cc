// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.Predictions;

/// <summary>What the scores of many classes become before they are shown.</summary>
internal enum ClassLink
{
    /// <summary>They stay as they are.</summary>
    None,

    /// <summary>Probabilities: exponentials over their sum.</summary>
    Softmax,

    /// <summary>Probabilities: each class's own against the rest, over their sum.</summary>
    OneVersusRest,
}
