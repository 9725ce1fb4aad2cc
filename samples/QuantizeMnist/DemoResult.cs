// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Samples.QuantizeMnist;

/// <summary>What the demo measured on one network.</summary>
internal sealed record DemoResult(
    string Network, double FloatAccuracy, double QuantizedAccuracy, long FloatBytes, long QuantizedBytes, double BatchedRowsPerSecond, double RowByRowRowsPerSecond);
