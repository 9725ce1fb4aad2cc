// SPDX-License-Identifier: MIT
using MLNetExtensions.Networks.Losses;

namespace MLNetExtensions.Trainers.SubspaceSgd.Models;

/// <summary>How labels become the targets of a loss, and weights those of training.</summary>
internal sealed class TargetCoding
{
    private readonly bool _oneHot;
    private readonly float[]? _classWeights;

    /// <summary>Takes what labels mean and what the loss wants.</summary>
    /// <param name="task">What labels mean.</param>
    /// <param name="outputs">How many scores a row has.</param>
    /// <param name="loss">Which targets belong to them.</param>
    /// <param name="classWeights">Factors on the weights of each class's rows; null where all are 1.</param>
    public TargetCoding(TrainingTask task, int outputs, ILoss loss, IReadOnlyList<float>? classWeights)
    {
        Columns = loss.TargetColumns(outputs);
        _oneHot = Columns > 1;
        _classWeights = classWeights is null ? null : [.. classWeights];
        if (Columns != 1 && (Columns != outputs || task != TrainingTask.MulticlassClassification))
        {
            throw new ArgumentException($"The loss {loss} wants {Columns} targets for {outputs} scores; {(task == TrainingTask.MulticlassClassification ? $"1 or {outputs}" : "1")} can be made of a label.");
        }
    }

    /// <summary>How many targets a row has: 1, or one for each class.</summary>
    public int Columns { get; }

    /// <summary>Whether all weights are what the rows say.</summary>
    public bool KeepsWeights => _classWeights is null;

    public void Encode(float label, Span<float> targets)
    {
        if (_oneHot)
        {
            targets.Clear();
            targets[(int)label] = 1;
        }
        else
        {
            targets[0] = label;
        }
    }

    /// <summary>The weight of a row, its class's included.</summary>
    public float Weigh(float label, float weight) => _classWeights is null ? weight : weight * _classWeights[(int)label];
}
