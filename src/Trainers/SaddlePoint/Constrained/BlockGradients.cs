// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;

namespace MLNetExtensions.Trainers.SaddlePoint.Constrained;

/// <summary>The gradients of the objective's losses and of each constraint's, by weights and bias; computed where needed, many in one pass.</summary>
internal sealed class BlockGradients
{
    private readonly bool[] _isCurrent;
    private readonly List<double[]> _slopes = [];
    private readonly int _rows;

    /// <summary>Holds no gradients yet; those of the objective come first.</summary>
    public BlockGradients(int lossConstraints, int features, int rows)
    {
        _rows = rows;
        _isCurrent = new bool[lossConstraints + 1];
        Weights = new double[lossConstraints + 1][];
        for (int k = 0; k <= lossConstraints; k++)
        {
            Weights[k] = new double[features];
        }
        Biases = new double[lossConstraints + 1];
    }

    /// <summary>By the weights.</summary>
    public double[][] Weights { get; }

    /// <summary>By the bias.</summary>
    public double[] Biases { get; }

    /// <summary>Says that scores have changed.</summary>
    public void Forget() => Array.Clear(_isCurrent);

    /// <summary>Whether a block's gradient is that of the present scores.</summary>
    public bool IsCurrent(int block) => _isCurrent[block];

    /// <summary>Computes what is not there yet of the objective's gradient and of those asked for, in at most one pass.</summary>
    public void Update(LossBlocks losses, RowPasses passes, ReadOnlySpan<bool> isNeeded) =>
        passes.MultiplyTransposed(_slopes, Prepare(losses, isNeeded));

    /// <summary>Computes the same and, in that pass, weighted sums of features and of their squares.</summary>
    public void Update(LossBlocks losses, RowPasses passes, ReadOnlySpan<bool> isNeeded, double[] weights, double[] first, double[] second) =>
        passes.MultiplyTransposed(_slopes, Prepare(losses, isNeeded), weights, first, second);

    private List<double[]> Prepare(LossBlocks losses, ReadOnlySpan<bool> isNeeded)
    {
        var sums = new List<double[]>();
        for (int block = 0; block < _isCurrent.Length; block++)
        {
            if (!_isCurrent[block] && (block == 0 || isNeeded[block - 1]))
            {
                Prepare(losses, block, sums);
            }
        }
        return sums;
    }

    private void Prepare(LossBlocks losses, int block, List<double[]> sums)
    {
        if (sums.Count == _slopes.Count)
        {
            _slopes.Add(new double[_rows]);
        }
        double[] slopes = _slopes[sums.Count];
        losses.CopySlopes(block - 1, slopes);
        Biases[block] = TensorPrimitives.Sum<double>(slopes);
        _isCurrent[block] = true;
        sums.Add(Weights[block]);
    }
}
