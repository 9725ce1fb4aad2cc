// SPDX-License-Identifier: MIT
using Microsoft.ML.StandIn;

namespace Microsoft.ML;

/// <summary>Where the extension methods that make transforming estimators are hung.</summary>
public sealed partial class TransformsCatalog
{
    internal TransformsCatalog(HostEnvironment environment)
    {
        Environment = environment;
        Categorical = new CategoricalTransforms(environment);
        Conversion = new ConversionTransforms(environment);
        FeatureSelection = new FeatureSelectionTransforms(environment);
        Text = new TextTransforms(environment);
    }

    public CategoricalTransforms Categorical { get; }

    public ConversionTransforms Conversion { get; }

    public TextTransforms Text { get; }

    public FeatureSelectionTransforms FeatureSelection { get; }

    internal HostEnvironment Environment { get; }

    /// <summary>Transforms of categories.</summary>
    public sealed class CategoricalTransforms
    {
        internal CategoricalTransforms(HostEnvironment environment) => Environment = environment;

        internal HostEnvironment Environment { get; }
    }

    /// <summary>Conversions between types.</summary>
    public sealed class ConversionTransforms
    {
        internal ConversionTransforms(HostEnvironment environment) => Environment = environment;

        internal HostEnvironment Environment { get; }
    }

    /// <summary>Selection of features.</summary>
    public sealed class FeatureSelectionTransforms
    {
        internal FeatureSelectionTransforms(HostEnvironment environment) => Environment = environment;

        internal HostEnvironment Environment { get; }
    }

    /// <summary>Transforms of text.</summary>
    public sealed class TextTransforms
    {
        internal TextTransforms(HostEnvironment environment) => Environment = environment;

        internal HostEnvironment Environment { get; }
    }
}
