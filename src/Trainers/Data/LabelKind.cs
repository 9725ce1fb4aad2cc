// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.Data;

/// <summary>What a label column holds.</summary>
internal enum LabelKind
{
    /// <summary>A boolean: 0 or 1.</summary>
    Boolean,

    /// <summary>A key: the index of the class, from 0.</summary>
    Key,

    /// <summary>A number.</summary>
    Number,
}
