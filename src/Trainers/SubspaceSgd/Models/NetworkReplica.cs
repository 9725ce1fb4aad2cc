// SPDX-License-Identifier: MIT
using MLNetExtensions.Networks;
using MLNetExtensions.Networks.Losses;
using MLNetExtensions.Numerics;

namespace MLNetExtensions.Trainers.SubspaceSgd.Models;

/// <summary>A network on one thread.</summary>
internal sealed class NetworkReplica(Network network, ILoss loss) : IModelReplica
{
    private readonly DenseMatrix _input = new(0, network.Root.Inputs);
    private readonly DenseMatrix _scoreGradient = new(0, network.Root.Outputs);

    public DenseMatrix Score(ReadOnlySpan<float> parameters, RowBatch batch) => Forward(parameters, batch, LayerPass.Scoring);

    public double AddGradient(ReadOnlySpan<float> parameters, RowBatch batch, Span<float> gradient, in LayerPass pass)
    {
        var scores = Forward(parameters, batch, pass);
        double sum = loss.Evaluate(scores, batch.Targets, batch.Weights, _scoreGradient.Resize(batch.Count));
        network.Backward(parameters, _scoreGradient, gradient);
        return sum;
    }

    private DenseMatrix Forward(ReadOnlySpan<float> parameters, RowBatch batch, in LayerPass pass)
    {
        batch.CopyFeatures(_input);
        return network.Forward(parameters, _input, pass);
    }
}
