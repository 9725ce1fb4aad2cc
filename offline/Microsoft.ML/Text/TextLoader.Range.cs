// SPDX-License-Identifier: MIT
namespace Microsoft.ML.Data;

public sealed partial class TextLoader
{
    /// <summary>Neighbouring fields of a line.</summary>
    public sealed class Range
    {
        public int Min;
        public int? Max;
        public bool AutoEnd;
        public bool VariableEnd;
        public bool AllOther;
        public bool ForceVector;

        public Range()
        {
        }

        public Range(int index)
            : this(index, index)
        {
        }

        public Range(int min, int? max)
        {
            if (min < 0)
            {
                throw new ArgumentOutOfRangeException(nameof(min), "Min must be non-negative.");
            }

            if (max < min)
            {
                throw new ArgumentOutOfRangeException(nameof(max), "If specified, max must be greater than or equal to min.");
            }

            Min = min;
            Max = max;
            AutoEnd = max is null;
        }
    }
}
