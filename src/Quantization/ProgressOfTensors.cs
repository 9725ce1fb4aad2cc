// SPDX-License-Identifier: MIT
using MLNetExtensions.Quantization.Planning;

namespace MLNetExtensions.Quantization;

/// <summary>Turns the groups done of a tensor into the weights done of a model.</summary>
internal sealed class ProgressOfTensors(IReadOnlyList<WeightPlan> plans, IProgress<QuantizationProgress>? target)
{
    private readonly long _weights = plans.Sum(plan => plan.Weight.Elements);
    private long _weightsBefore;
    private int _tensorsBefore = -1;
    private long _current;

    /// <summary>Starts with a tensor; null where nobody listens.</summary>
    public IProgress<int>? Begin(WeightPlan plan)
    {
        _weightsBefore += _current;
        _current = plan.Weight.Elements;
        _tensorsBefore++;
        return target is null ? null : new OfTensor(this, plan.Weight, plan.Groups.Groups);
    }

    public void End()
    {
        if (plans.Count > 0)
        {
            target?.Report(new QuantizationProgress(plans[^1].Weight.Name, plans.Count, plans.Count, _weights, _weights));
        }
    }

    private sealed class OfTensor(ProgressOfTensors owner, Weights.WeightTensor weight, int groups) : IProgress<int>
    {
        public void Report(int value) => owner.Report(weight, (long)((double)weight.Elements * value / groups));
    }

    private void Report(Weights.WeightTensor weight, long done) =>
        target!.Report(new QuantizationProgress(weight.Name, _tensorsBefore, plans.Count, _weightsBefore + done, _weights));
}
