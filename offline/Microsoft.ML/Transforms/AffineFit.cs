// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace Microsoft.ML.StandIn;

/// <summary>Gathers what a normaliser needs of one column.</summary>
internal abstract class AffineFit
{
    private readonly DataViewType _type;

    private protected AffineFit(DataViewType type)
    {
        _type = type;
        Slots = new SlotStatistics[type is VectorDataViewType vector ? vector.Size : 1];
        Array.Fill(Slots, SlotStatistics.None);
    }

    private protected SlotStatistics[] Slots { get; }

    internal static AffineFit For(DataViewType type)
    {
        DataViewType item = InputColumns.ItemOf(type);
        bool known = type is not VectorDataViewType { IsKnownSize: false };
        return known && item.Equals(NumberDataViewType.Single) ? new AffineFit<float>(type)
            : known && item.Equals(NumberDataViewType.Double) ? new AffineFit<double>(type)
            : throw new ArgumentOutOfRangeException("srcType", $"Wrong column type for input column. Expected: Single, Double, Vector of Single or Vector of Double. Got: {type}.");
    }

    /// <summary>An action that takes in the cursor's row.</summary>
    internal abstract Action Reader(DataViewRow row, DataViewSchema.Column column);

    internal AffineMap ToMap(NormalizationKind kind, bool fixZero)
    {
        double[] scale = new double[Slots.Length], offset = new double[Slots.Length];
        for (int i = 0; i < Slots.Length; i++)
        {
            (scale[i], offset[i]) = kind == NormalizationKind.MinMax ? Slots[i].MinMax(fixZero) : Slots[i].MeanVariance(fixZero);
        }

        return AffineMap.Create(_type, scale, fixZero ? null : offset);
    }
}
