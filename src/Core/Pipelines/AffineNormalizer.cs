// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Microsoft.ML.Transforms;

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

    /// <summary>What a fitted normaliser of ML.NET does to a column, if that is affine: min-max and mean-variance without logarithms are.</summary>
    /// <param name="columnName">The column that feeds the model.</param>
    /// <param name="normalizer">The fitted normaliser.</param>
    /// <param name="index">Which of the normaliser's columns it is.</param>
    /// <exception cref="ArgumentException">The normaliser is not affine.</exception>
    public static AffineNormalizer From(string columnName, NormalizingTransformer normalizer, int index = 0)
    {
        ArgumentNullException.ThrowIfNull(normalizer);
        return normalizer.GetNormalizerModelParameters(index) switch
        {
            // One that fixes zero has no offsets.
            NormalizingTransformer.AffineNormalizerModelParameters<ImmutableArray<float>> vector =>
                new AffineNormalizer(columnName, vector.Scale, vector.Offset.IsDefaultOrEmpty ? [0f] : vector.Offset),
            NormalizingTransformer.AffineNormalizerModelParameters<float> scalar => new AffineNormalizer(columnName, [scalar.Scale], [scalar.Offset]),
            var other => throw new ArgumentException($"The normaliser of column '{columnName}' is {other.GetType().Name}; only an affine one of Single can be folded. Use NormalizeMinMax or NormalizeMeanVariance.", nameof(normalizer)),
        };
    }

    private static float[] Finite(IReadOnlyList<float> values, string name)
    {
        int bad = values.ToList().FindIndex(value => !float.IsFinite(value));
        return values.Count == 0 ? throw new ArgumentException($"There is no {name}; give one for all elements, or one for each.", name)
            : bad >= 0 ? throw new ArgumentException($"The {name} of element {bad} is {values[bad]}; it must be finite.", name)
            : [.. values];
    }
}
