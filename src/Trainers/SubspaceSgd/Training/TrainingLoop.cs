// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.SubspaceSgd.Models;
using MLNetExtensions.Trainers.SubspaceSgd.Training.Checkpoints;

namespace MLNetExtensions.Trainers.SubspaceSgd.Training;

/// <summary>The epochs of a training: steps, and between them the validation loss, early stopping, checkpoints and reports.</summary>
internal sealed class TrainingLoop : IDisposable
{
    // Losses of so many stretches of an epoch are looked at for divergence.
    private const int StretchesPerEpoch = 16;

    private readonly TrainingSetup _setup;
    private readonly SubspaceSgdOptions _options;
    private readonly TrainingStep _step;
    private readonly ProgressReporter _progress;
    private readonly TrainingState _state;
    private readonly double[] _sums = new double[3];

    public TrainingLoop(TrainingSetup setup)
    {
        _setup = setup;
        _options = setup.Options;
        _step = new TrainingStep(setup);
        _progress = new ProgressReporter(_options.Progress, setup.Plan.Steps * _options.Epochs);
        _state = new TrainingState(_step, new DivergenceWatch(_step.Parameters, setup.LossOfZero), new BestWeights(_step.Parameters.Length, _options.EarlyStopping));
    }

    public TrainingResult Run()
    {
        Checkpoint? checkpoint = _options.CheckpointPath is { } path ? new Checkpoint(path, _setup) : null;
        checkpoint?.Resume(_state);
        WeightsCheck.RequireSame(_setup.Ranks, _step.Parameters, "at the beginning");
        while (_state.Stop is null && _state.Epoch < _options.Epochs)
        {
            _state.Stop = RunEpoch(_state.Epoch) ? Measure() : TrainingStop.Diverged;
            WeightsCheck.RequireSame(_setup.Ranks, _step.Parameters, $"after epoch {_state.Epoch + 1}");
            _state.Epoch++;
            _progress.EndOfEpoch(_state, _step);
            if (_state.Stop is null && _state.Epoch < _options.Epochs && _state.Epoch % _options.CheckpointEpochs == 0)
            {
                checkpoint?.Write(_state);
            }
        }
        checkpoint?.Delete();
        return Result();
    }

    /// <inheritdoc/>
    public void Dispose() => _step.Dispose();

    // False when the training has run away.
    private bool RunEpoch(int epoch)
    {
        long stretch = Math.Max(1, _setup.Plan.Steps / StretchesPerEpoch);
        double loss = 0, weight = 0, epochLoss = 0, epochWeight = 0;
        foreach (var window in _setup.Rows.Epoch(epoch, _setup.Plan))
        {
            if (_options.Network is not null && epoch == 0 && window.First == 0)
            {
                (double first, double firstWeight) = SumOverRanks(_step.EvaluateSome(window));
                _state.Watch.Begin(first / firstWeight);
            }
            for (long step = window.First / _setup.Plan.Accumulation; step < _setup.Plan.StepsBefore(window.End); step++)
            {
                if (_setup.Ranks.Size == 1)
                {
                    _options.CancellationToken.ThrowIfCancellationRequested();
                }
                bool finite = _step.Run(window, epoch, step);
                loss += _step.LossSum;
                weight += _step.WeightSum;
                _progress.Tick(_state, _step, (epochLoss + loss) / (epochWeight + weight));
                if (!finite)
                {
                    SumOverRanks(0, 0);
                    return false;
                }
                if ((step + 1) % stretch == 0 || step + 1 == _setup.Plan.Steps)
                {
                    (loss, weight) = SumOverRanks(loss, weight);
                    epochLoss += loss;
                    epochWeight += weight;
                    if (!_state.Watch.Observe(epoch + 1, weight > 0 ? loss / weight : null, _step.Parameters))
                    {
                        return false;
                    }
                    loss = weight = 0;
                }
            }
        }
        _state.Loss = epochLoss / epochWeight;
        return true;
    }

    // All ranks go on, or all are cancelled.
    private (double Loss, double Weight) SumOverRanks(double loss, double weight)
    {
        _sums[0] = loss;
        _sums[1] = weight;
        _sums[2] = _options.CancellationToken.IsCancellationRequested ? 1 : 0;
        _setup.Ranks.Sum(_sums);
        return _sums[2] == 0 ? (_sums[0], _sums[1]) : throw _setup.Ranks.Cancelled(_options.CancellationToken);
    }

    private TrainingStop? Measure()
    {
        if (_setup.ValidationRows == 0)
        {
            return null;
        }
        (double loss, double weight) = SumOverRanks(_step.Evaluate(_setup.Validation));
        _state.ValidationLoss = loss / weight;
        if (!double.IsFinite(_state.ValidationLoss))
        {
            return TrainingStop.Diverged;
        }
        return _state.Best.Observe(_state.Epoch + 1, _state.ValidationLoss, _step.Parameters) ? TrainingStop.EarlyStopping : null;
    }

    private (double Loss, double Weight) SumOverRanks((double Loss, double Weight) sums) => SumOverRanks(sums.Loss, sums.Weight);

    private TrainingResult Result()
    {
        var stop = _state.Stop ?? TrainingStop.Completed;
        bool diverged = stop == TrainingStop.Diverged;
        bool best = _options.RestoreBest && _state.Best.Epoch > 0;
        float[] parameters = (best ? _state.Best.Parameters : diverged ? _state.Watch.Good : _step.Parameters).ToArray();
        var summary = new TrainingSummary(
            stop, _state.Epoch, _step.Count, best ? _state.Best.Epoch : diverged ? _state.Watch.GoodEpoch : _state.Epoch,
            _state.Loss, best ? _state.Best.Loss : diverged ? double.NaN : _state.ValidationLoss, _setup.Plan.Rows, _setup.ValidationRows, _setup.Plan.Workers, _setup.Plan.BatchSize, _step.Fallbacks);
        (float scale, float offset) = _setup.Loss is StandardizedLoss standardized ? (standardized.Deviation, standardized.Mean) : (1, 0);
        return _setup.Model.TryRescale(parameters, scale, offset) ? new TrainingResult(parameters, 1, 0, summary) : new TrainingResult(parameters, scale, offset, summary);
    }
}
