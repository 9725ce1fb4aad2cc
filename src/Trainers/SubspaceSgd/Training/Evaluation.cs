// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.Data;

namespace MLNetExtensions.Trainers.SubspaceSgd.Training;

/// <summary>The weighted loss of many rows: blocks of them on all threads, summed in their order.</summary>
internal sealed class Evaluation
{
    private const int BlockRows = 512;

    private readonly ThreadTeam _team;
    private readonly LanePool _lanes;
    private readonly CancellationToken _cancel;
    private readonly Action<int> _evaluateBlock;
    private (double Loss, double Weight)[] _sums = [];
    private float[] _parameters = [];
    private TrainingRows? _rows;
    private int[] _numbers = [];

    public Evaluation(ThreadTeam team, LanePool lanes, CancellationToken cancel)
    {
        _cancel = cancel;
        _team = team;
        _lanes = lanes;
        _evaluateBlock = EvaluateBlock;
    }

    /// <summary>The weighted sum of the losses, and the sum of the weights; of some of the rows when it is cancelled, for the caller to look at the token.</summary>
    public (double Loss, double Weight) Sum(float[] parameters, IEnumerable<(TrainingRows Rows, int[] Numbers)> parts)
    {
        _parameters = parameters;
        double loss = 0, weight = 0;
        foreach (var (rows, numbers) in parts)
        {
            _rows = rows;
            _numbers = numbers;
            int blocks = (numbers.Length + BlockRows - 1) / BlockRows;
            if (_sums.Length < blocks)
            {
                _sums = new (double, double)[blocks];
            }
            _team.Run(blocks, _evaluateBlock);
            for (int block = 0; block < blocks; block++)
            {
                loss += _sums[block].Loss;
                weight += _sums[block].Weight;
            }
        }
        return (loss, weight);
    }

    private void EvaluateBlock(int block)
    {
        if (_cancel.IsCancellationRequested)
        {
            return;
        }
        int start = block * BlockRows;
        var lane = _lanes.Take();
        _sums[block] = lane.Evaluate(_parameters, _rows!, _numbers, start, Math.Min(BlockRows, _numbers.Length - start));
        _lanes.Return(lane);
    }
}
