// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.SubspaceSgd.Training.Checkpoints;

namespace MLNetExtensions.Trainers.SubspaceSgd.Training;

/// <summary>The weights with the least validation loss so far, and how long ago there was an improvement.</summary>
internal sealed class BestWeights(int length, EarlyStopping? stopping)
{
    private readonly float[] _parameters = new float[length];
    private long _epoch, _waited;
    private double _loss = double.PositiveInfinity;

    // The loss from which improvement is counted.
    private double _reference = double.PositiveInfinity;

    /// <summary>The epoch, from 1; 0 before the first.</summary>
    public int Epoch => (int)_epoch;

    /// <summary>The least loss.</summary>
    public double Loss => _loss;

    /// <summary>The weights of that epoch.</summary>
    public ReadOnlySpan<float> Parameters => _parameters;

    /// <summary>Looks at the weights of an epoch.</summary>
    /// <returns>True when training should end.</returns>
    public bool Observe(int epoch, double loss, ReadOnlySpan<float> parameters)
    {
        if (loss < _loss)
        {
            _loss = loss;
            _epoch = epoch;
            parameters.CopyTo(_parameters);
        }
        if (stopping is null)
        {
            return false;
        }
        bool improved = double.IsPositiveInfinity(_reference) || loss < _reference - (stopping.MinimumImprovement * Math.Abs(_reference));
        if (improved)
        {
            _reference = loss;
        }
        _waited = improved ? 0 : _waited + 1;
        return _waited >= stopping.Patience;
    }

    /// <summary>Shows what is remembered.</summary>
    public void Accept(IStateVisitor visitor)
    {
        visitor.Visit(ref _epoch);
        visitor.Visit(ref _waited);
        visitor.Visit(ref _loss);
        visitor.Visit(ref _reference);
        visitor.Visit(_parameters);
    }
}
