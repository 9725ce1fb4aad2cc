// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SubspaceSgd.Training;

/// <summary>A running hash of labels and weights (FNV-1a, by words), by which rows that are read again are compared with what they were.</summary>
internal sealed class RowHash
{
    private const ulong Prime = 1099511628211;

    public ulong Value { get; private set; } = 14695981039346656037;

    public void Add(float label, float weight) =>
        Value = unchecked((((Value ^ BitConverter.SingleToUInt32Bits(label)) * Prime) ^ BitConverter.SingleToUInt32Bits(weight)) * Prime);
}
