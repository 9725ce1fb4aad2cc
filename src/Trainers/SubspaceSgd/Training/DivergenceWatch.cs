// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.SubspaceSgd.Training.Checkpoints;

namespace MLNetExtensions.Trainers.SubspaceSgd.Training;

/// <summary>Sees that a training runs away, and keeps weights from before that.</summary>
/// <remarks>
/// A training has run away when its loss, over a sixteenth of an epoch or more, is not finite or so many times that of scores which are all zero
/// that no choice of rows explains it. The last good weights are those at the beginning of the stretch of steps that had the least loss.
/// </remarks>
internal sealed class DivergenceWatch(float[] parameters, double lossOfZero)
{
    private const double Bound = 1000;

    private float[] _good = [.. parameters];
    private float[] _candidate = [.. parameters];
    private double _leastLoss = double.PositiveInfinity;

    /// <summary>The weights at the beginning of the stretch that had the least mean loss.</summary>
    public ReadOnlySpan<float> Good => _good;

    /// <summary>Looks at a stretch of steps.</summary>
    /// <param name="loss">Its mean loss.</param>
    /// <param name="parameters">The weights after it.</param>
    /// <returns>False when the training has run away.</returns>
    public bool Observe(double loss, ReadOnlySpan<float> parameters)
    {
        if (!double.IsFinite(loss) || (lossOfZero > 0 && loss > Bound * lossOfZero))
        {
            return false;
        }
        if (loss <= _leastLoss)
        {
            _leastLoss = loss;
            (_good, _candidate) = (_candidate, _good);
        }
        Begin(parameters);
        return true;
    }

    /// <summary>Takes weights as those at which the next stretch begins.</summary>
    public void Begin(ReadOnlySpan<float> parameters) => parameters.CopyTo(_candidate);

    /// <summary>Shows what is remembered.</summary>
    public void Accept(IStateVisitor visitor)
    {
        visitor.Visit(ref _leastLoss);
        visitor.Visit(_good);
    }
}
