// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.Data;
using MLNetExtensions.Trainers.SubspaceSgd.Training.Checkpoints;

namespace MLNetExtensions.Trainers.SubspaceSgd.Training;

/// <summary>Sees that a training runs away, and keeps weights from before that.</summary>
/// <remarks>
/// A training has run away when a weight is not finite, or when its loss over a sixteenth of an epoch or more is not, or is so many times that
/// of scores which are all zero, or of the weights it began with, that no choice of rows explains it. The last good weights are those at the
/// beginning of the stretch of steps that had the least loss.
/// </remarks>
internal sealed class DivergenceWatch(float[] parameters, double lossOfZero)
{
    private const double Factor = 1000;

    private float[] _good = [.. parameters];
    private float[] _candidate = [.. parameters];
    private double _leastLoss = double.PositiveInfinity;
    private double _scale = lossOfZero;
    private long _goodEpoch, _candidateEpoch;

    /// <summary>The weights at the beginning of the stretch that had the least mean loss.</summary>
    public ReadOnlySpan<float> Good => _good;

    /// <summary>The epoch they are from, from 1; 0 for those that the training began with.</summary>
    public int GoodEpoch => (int)_goodEpoch;

    /// <summary>Takes the loss of the first weights into account.</summary>
    public void Begin(double loss) => _scale = double.IsFinite(loss) ? Math.Max(_scale, loss) : _scale;

    /// <summary>Looks at a stretch of steps.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="loss">Its mean loss; null where its rows weigh nothing.</param>
    /// <param name="parameters">The weights after it.</param>
    /// <returns>False when the training has run away.</returns>
    public bool Observe(int epoch, double? loss, ReadOnlySpan<float> parameters)
    {
        if (FiniteValues.IndexOfNonFinite(parameters) >= 0 || (loss is { } value && (!double.IsFinite(value) || (_scale > 0 && value > Factor * _scale))))
        {
            return false;
        }
        if (loss <= _leastLoss)
        {
            _leastLoss = loss.Value;
            (_good, _candidate) = (_candidate, _good);
            _goodEpoch = _candidateEpoch;
        }
        parameters.CopyTo(_candidate);
        _candidateEpoch = epoch;
        return true;
    }

    /// <summary>Shows what is remembered.</summary>
    public void Accept(IStateVisitor visitor)
    {
        visitor.Visit(ref _leastLoss);
        visitor.Visit(ref _scale);
        visitor.Visit(ref _goodEpoch);
        visitor.Visit(ref _candidateEpoch);
        visitor.Visit(_good);
        visitor.Visit(_candidate);
    }
}
