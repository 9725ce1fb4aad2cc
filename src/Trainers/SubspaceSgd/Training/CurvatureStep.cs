// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.SubspaceSgd.Aggregation;
using MLNetExtensions.Trainers.SubspaceSgd.Models;

namespace MLNetExtensions.Trainers.SubspaceSgd.Training;

/// <summary>The part of a step that an aggregator with curvature needs: every worker's terms <c>g_i' H g_j</c> of the mini-batch's mean loss, penalty included.</summary>
internal sealed class CurvatureStep
{
    private readonly TrainingSetup _setup;
    private readonly GradientCombiner _combiner;
    private readonly PenalizedRanges _penalized;
    private readonly ThreadTeam _team;
    private readonly LanePool _lanes;
    private readonly TrainingWorker[] _workers;
    private readonly double[][] _terms;
    private readonly DirectionReader _direction;
    private readonly Action<int> _addTerms;
    private float[] _parameters = [];
    private RowWindow? _window;
    private long _step;
    private double _factor;

    public CurvatureStep(TrainingSetup setup, GradientCombiner combiner, PenalizedRanges penalized, ThreadTeam team, LanePool lanes, TrainingWorker[] workers)
    {
        _setup = setup;
        _combiner = combiner;
        _penalized = penalized;
        _team = team;
        _lanes = lanes;
        _workers = workers;
        _terms = [.. workers.Select(_ => new double[setup.Plan.Workers * setup.Plan.Workers])];
        _direction = combiner.SharedGradient;
        _addTerms = AddTerms;
    }

    /// <summary>Shares the gradients, and writes this rank's terms.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="window">Where the rows lie.</param>
    /// <param name="step">The step of the epoch, from 0.</param>
    /// <param name="scale">The factor that the gradients have.</param>
    public void Run(float[] parameters, RowWindow window, long step, float scale)
    {
        _parameters = parameters;
        _window = window;
        _step = step;
        // The mean over the workers is what belongs to the mini-batch.
        _factor = (double)scale / _setup.Plan.Workers;
        _combiner.Share();
        _team.Run(_workers.Length, _addTerms);
        var sum = _combiner.Curvature!.Values;
        sum.Clear();
        foreach (double[] terms in _terms)
        {
            for (int i = 0; i < sum.Length; i++)
            {
                sum[i] += terms[i];
            }
        }
        // Once for all ranks.
        if (_setup.Options.EffectiveL2 > 0 && _setup.Ranks.Rank == 0)
        {
            _penalized.AddProducts(_setup.Plan.Workers, _direction, _setup.Options.EffectiveL2, sum);
        }
    }

    private void AddTerms(int worker)
    {
        var lane = _lanes.Take();
        Array.Clear(_terms[worker]);
        _workers[worker].AddCurvature(lane, _parameters, _window!, _step, _direction, _factor, _terms[worker]);
        _lanes.Return(lane);
    }
}
