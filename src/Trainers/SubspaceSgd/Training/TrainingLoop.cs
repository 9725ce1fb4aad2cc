// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;
using MLNetExtensions.Trainers.Data;
using MLNetExtensions.Trainers.SubspaceSgd.Aggregation;
using MLNetExtensions.Trainers.SubspaceSgd.Models;

namespace MLNetExtensions.Trainers.SubspaceSgd.Training;

/// <summary>The steps of a training.</summary>
internal sealed class TrainingLoop
{
    private readonly SubspaceSgdOptions _options;
    private readonly TrainingPlan _plan;
    private readonly TrainingRows _rows;
    private readonly TrainingWorker[] _workers;
    private readonly float[] _parameters;
    private readonly float[] _update;
    private readonly float[] _optimizerState;
    private readonly GramMatrix _gram;
    private readonly double[] _aggregatorState;
    private readonly double[] _coefficients;
    private long _step;

    public TrainingLoop(ITrainableModel model, TargetCoding coding, TrainingPlan plan, TrainingRows rows, int[][] shards, SubspaceSgdOptions options)
    {
        _options = options;
        _plan = plan;
        _rows = rows;
        ulong seed = (ulong)options.Seed;
        _parameters = model.Initialize(seed);
        _update = new float[_parameters.Length];
        _optimizerState = new float[options.Optimizer.StateLength(_parameters.Length)];
        _gram = new GramMatrix(plan.Workers);
        _aggregatorState = new double[options.Aggregator.StateLength(plan.Workers)];
        _coefficients = new double[plan.Workers];
        _workers = [.. Enumerable.Range(0, plan.Workers).Select(w => new TrainingWorker(w, model.CreateReplica(), coding, new float[_parameters.Length], seed))];
        for (int w = 0; w < _workers.Length; w++)
        {
            _workers[w].SetShard(shards[w]);
        }
    }

    public TrainingResult Run()
    {
        double loss = 0;
        for (int epoch = 0; epoch < _options.Epochs; epoch++)
        {
            foreach (var worker in _workers)
            {
                worker.Shuffle(epoch);
            }
            double weight = loss = 0;
            for (long step = 0; step < _plan.Steps; step++)
            {
                _options.CancellationToken.ThrowIfCancellationRequested();
                float scale = (float)((double)_plan.Workers / _plan.RowsOf(step));
                foreach (var worker in _workers)
                {
                    worker.Compute(_parameters, _rows, _plan, epoch, step, scale, 1);
                    loss += worker.LossSum;
                    weight += worker.WeightSum;
                }
                Combine();
                float rate = _options.LearningRate * _options.Schedule.Factor(_step, _plan.Steps * _options.Epochs);
                _options.Optimizer.Update(_parameters, _update, _optimizerState, ++_step, rate);
            }
            loss /= weight;
        }
        return new TrainingResult(_parameters, new TrainingSummary(
            TrainingStop.Completed, _options.Epochs, _step, _options.Epochs, loss, double.NaN, _plan.Rows, 0, _plan.Workers, _plan.BatchSize, 0));
    }

    private void Combine()
    {
        for (int i = 0; i < _workers.Length; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                _gram[i, j] = _gram[j, i] = TensorPrimitives.Dot<float>(_workers[i].Gradient.Span, _workers[j].Gradient.Span);
            }
        }
        _options.Aggregator.Combine(_gram, _aggregatorState, _coefficients);
        _update.AsSpan().Clear();
        for (int i = 0; i < _workers.Length; i++)
        {
            TensorPrimitives.MultiplyAdd(_workers[i].Gradient.Span, (float)_coefficients[i], _update, _update);
        }
    }
}
