// SPDX-License-Identifier: MIT
using Microsoft.ML.OnnxRuntime;

namespace Microsoft.ML.StandIn;

/// <summary>A tensor that is filled from each row.</summary>
internal abstract class OnnxFeed : IDisposable
{
    /// <summary>Whether <see cref="Value"/> stays the same tensor from row to row.</summary>
    internal abstract bool IsFixed { get; }

    internal abstract OrtValue Value { get; }

    /// <summary>Takes the row's values in.</summary>
    internal abstract void Fill();

    public abstract void Dispose();
}
