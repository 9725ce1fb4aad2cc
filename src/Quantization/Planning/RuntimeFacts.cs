// SPDX-License-Identifier: MIT
using MLNetExtensions.Quantization.Reports;

namespace MLNetExtensions.Quantization.Planning;

internal sealed class RuntimeFacts
{
    private readonly string _v = "1.31";
    public string Version => _v;
    public (RuntimePath, string) Of(WeightPlan plan, OnnxQuantizationOptions options) => (RuntimePath.Fused, _v);
    public static RuntimeFacts OfRunningVersion() => new();
}
