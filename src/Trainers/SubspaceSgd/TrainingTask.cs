// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SubspaceSgd;

/// <summary>What labels mean.</summary>
public enum TrainingTask
{
    /// <summary>A number; one output.</summary>
    Regression,

    /// <summary>0 or 1; one output, positive for 1.</summary>
    BinaryClassification,

    /// <summary>The index of a class, from 0; one output for each class.</summary>
    MulticlassClassification,
}
