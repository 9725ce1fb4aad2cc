// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.SubspaceSgd.Training.Checkpoints;

namespace MLNetExtensions.Trainers.SubspaceSgd.Training;

/// <summary>All that changes from epoch to epoch: what a checkpoint holds.</summary>
internal sealed class TrainingState(TrainingStep step, DivergenceWatch watch, BestWeights best)
{
    private long _epoch;
    private double _loss = double.NaN;
    private double _validationLoss = double.NaN;

    public DivergenceWatch Watch => watch;

    public BestWeights Best => best;

    /// <summary>Epochs begun.</summary>
    public int Epoch
    {
        get => (int)_epoch;
        set => _epoch = value;
    }

    /// <summary>The mean loss of the last complete epoch's mini-batches.</summary>
    public double Loss
    {
        get => _loss;
        set => _loss = value;
    }

    /// <summary>The last validation loss.</summary>
    public double ValidationLoss
    {
        get => _validationLoss;
        set => _validationLoss = value;
    }

    /// <summary>Why training ended; null while it goes on, which is when checkpoints are written.</summary>
    public TrainingStop? Stop { get; set; }

    /// <summary>Shows everything.</summary>
    public void Accept(IStateVisitor visitor)
    {
        visitor.Visit(ref _epoch);
        visitor.Visit(ref _loss);
        visitor.Visit(ref _validationLoss);
        step.Accept(visitor);
        watch.Accept(visitor);
        best.Accept(visitor);
    }
}
