// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Onnx;

/// <summary>When a saved model's tensors go to a file of their own.</summary>
public enum ExternalDataUse
{
    /// <summary>Only if the model would otherwise exceed <see cref="OnnxSaveOptions.ExternalDataThreshold"/>.</summary>
    WhenLarge,

    /// <summary>Always, for every tensor above 1 KiB.</summary>
    Always,

    /// <summary>Never; a model too large for one file is refused.</summary>
    Never,
}
