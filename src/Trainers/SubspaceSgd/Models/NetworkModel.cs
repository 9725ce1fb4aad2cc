// SPDX-License-Identifier: MIT
using MLNetExtensions.Networks;
using MLNetExtensions.Networks.Losses;

namespace MLNetExtensions.Trainers.SubspaceSgd.Models;

/// <summary>Scores that a network computes.</summary>
internal sealed class NetworkModel(NetworkSpec spec, int features, int outputs) : ITrainableModel
{
    private readonly Network _first = spec.Build(features, outputs);
    private readonly List<Network> _built = [];

    public IReadOnlyList<ParameterTensor> Tensors => _first.Parameters;

    public float[] Initialize(ulong seed) => _first.Initialize(seed);

    public bool TryRescale(Span<float> parameters, double scale, double offset) => false;

    /// <exception cref="InvalidOperationException">The user's builder gave a network of another form than before.</exception>
    public IModelReplica CreateReplica(ILoss loss)
    {
        var network = spec.Build(features, outputs);
        if (network.SharesLayersWith(_first) || _built.Exists(network.SharesLayersWith))
        {
            throw new InvalidOperationException("The network's builder gave a layer object that it had given before; it must make new ones at each call, since each thread runs a network of its own.");
        }
        _built.Add(network);
        return network.Parameters.Count == Tensors.Count && network.Parameters.Zip(Tensors).All(pair => pair.First.Dimensions.SequenceEqual(pair.Second.Dimensions))
            ? new NetworkReplica(network, loss)
            : throw new InvalidOperationException("The network's builder gave layers of another form than at its first call; it must always give the same, since each thread runs a network of its own.");
    }
}
