// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx.Running;

namespace MLNetExtensions.Pipelines.Saving;

/// <summary>An input or output as a saved model shows it to ML.NET: under a name of its own and with a fixed shape for one row.</summary>
internal sealed record SavedTensor(string SavedName, OnnxTensorInfo Info, IReadOnlyList<long> Shape, IReadOnlyList<string>? SlotNames = null);
