// SPDX-License-Identifier: MIT
using MLNetExtensions.Numerics;

namespace MLNetExtensions.Networks;

/// <summary>A layer, usually a composition of many, with the layout of its parameters in one vector.</summary>
/// <remarks>One object serves one thread; replicas made by the same factory share a parameter vector.</remarks>
public sealed class Network
{
    /// <summary>Takes a layer as the whole network.</summary>
    public Network(ILayer root)
    {
        ArgumentNullException.ThrowIfNull(root);
        Root = root;
        ParameterCount = root.Parameters.Aggregate(0, (sum, tensor) => checked(sum + tensor.Length));
    }

    /// <summary>The outermost layer.</summary>
    public ILayer Root { get; }

    /// <summary>The length of the parameter vector.</summary>
    public int ParameterCount { get; }

    /// <summary>The tensors of the parameter vector, in order.</summary>
    public IReadOnlyList<ParameterTensor> Parameters => Root.Parameters;

    /// <summary>New parameters, drawn by seed; each tensor draws from a stream of its own.</summary>
    public float[] Initialize(ulong seed)
    {
        float[] values = new float[ParameterCount];
        int offset = 0;
        for (int i = 0; i < Parameters.Count; i++)
        {
            Parameters[i].Initialization.Fill(new RandomStream(seed, 0x1A7E5, (ulong)i), values.AsMemory(offset, Parameters[i].Length));
            offset += Parameters[i].Length;
        }
        return values;
    }
}
