// SPDX-License-Identifier: MIT
namespace Microsoft.ML.Transforms;

public sealed partial class NormalizingTransformer
{
    /// <summary>What a normaliser learned of a column.</summary>
    public abstract class NormalizerModelParametersBase
    {
        private protected NormalizerModelParametersBase()
        {
        }
    }

    /// <summary>Values less an offset, times a scale.</summary>
    public sealed class AffineNormalizerModelParameters<TData> : NormalizerModelParametersBase
    {
        internal AffineNormalizerModelParameters(TData scale, TData offset)
        {
            Scale = scale;
            Offset = offset;
        }

        public TData Scale { get; }

        public TData Offset { get; }
    }
}
