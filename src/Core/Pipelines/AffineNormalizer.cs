// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Pipelines;

/// <summary>What an affine normaliser does to a column before the model: <c>(x - Offset) * Scale</c>, element by element.</summary>
public sealed record AffineNormalizer
{
    /// <summary>Describes the normaliser of one column.</summary>
    /// <param name="columnName">The column that feeds the model.</param>
    /// <param name="scale">The factors: one for all elements, or one for each.</param>
    /// <param name="offset">What is subtracted first: one for all elements, or one for each.</param>
    public AffineNormalizer(string columnName, IReadOnlyList<float> scale, IReadOnlyList<float> offset)
    {
        ArgumentException.ThrowIfNullOrEmpty(columnName);
        ArgumentNullException.ThrowIfNull(scale);
        ArgumentNullException.ThrowIfNull(offset);
        ColumnName = columnName;
        Scale = Finite(scale, nameof(scale));
        Offset = Finite(offset, nameof(offset));
    }

    /// <summary>The column that feeds the model.</summary>
    public string ColumnName { get; }

    /// <summary>The factors.</summary>
    public IReadOnlyList<float> Scale { get; }

    /// <summary>What is subtracted first.</summary>
    public IReadOnlyList<float> Offset { get; }

    private static float[] Finite(IReadOnlyList<float> values, string name)
    {
        int bad = values.ToList().FindIndex(value => !float.IsFinite(value));
        return values.Count == 0 ? throw new ArgumentException($"There is no {name}; give one for all elements, or one for each.", name)
            : bad >= 0 ? throw new ArgumentException($"The {name} of element {bad} is {values[bad]}; it must be finite.", name)
            : [.. values];
    }
}
