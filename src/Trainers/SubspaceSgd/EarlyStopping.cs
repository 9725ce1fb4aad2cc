// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SubspaceSgd;

/// <summary>When to end a training whose validation loss no longer improves.</summary>
public sealed record EarlyStopping
{
    /// <summary>Epochs without improvement after which training ends.</summary>
    /// <value>The default is 5.</value>
    public int Patience { get; init => field = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Patience must be at least one epoch."); } = 5;

    /// <summary>The least decrease of the validation loss, as a part of it, that counts as improvement.</summary>
    /// <value>The default is 1e-4.</value>
    public double MinimumImprovement { get; init => field = value >= 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The least improvement can't be negative."); } = 1e-4;
}
