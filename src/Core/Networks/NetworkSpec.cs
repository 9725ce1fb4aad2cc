// SPDX-License-Identifier: MIT
using MLNetExtensions.Networks.Activations;
using MLNetExtensions.Networks.Layers;

namespace MLNetExtensions.Networks;

/// <summary>How to build a network once the lengths of its rows are known; it is built once for each thread that runs it.</summary>
public sealed class NetworkSpec
{
    private readonly Func<int, int, ILayer> _build;

    private NetworkSpec(string description, Func<int, int, ILayer> build)
    {
        Description = description;
        _build = build;
    }

    /// <summary>What it builds, in words.</summary>
    public string Description { get; }

    /// <summary>Hidden layers of rectifiers and an affine output.</summary>
    /// <param name="hidden">The sizes of the hidden layers, from the input on.</param>
    public static NetworkSpec Mlp(params int[] hidden) => Mlp(hidden, new Relu());

    /// <summary>Hidden layers and an affine output.</summary>
    /// <param name="hidden">The sizes of the hidden layers, from the input on.</param>
    /// <param name="activation">What follows each hidden layer.</param>
    /// <param name="dropout">The part, in [0, 1), of each hidden layer's values that is dropped in training.</param>
    public static NetworkSpec Mlp(IReadOnlyList<int> hidden, IActivation activation, float dropout = 0)
    {
        ArgumentNullException.ThrowIfNull(hidden);
        ArgumentNullException.ThrowIfNull(activation);
        if (hidden.Count == 0 || hidden.Any(size => size < 1))
        {
            throw new ArgumentException("A perceptron needs at least one hidden layer, and each at least one value.", nameof(hidden));
        }
        if (dropout is not (>= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(dropout), dropout, "The part that is dropped must lie in [0, 1).");
        }
        int[] sizes = [.. hidden];
        string description = $"MLP {string.Join('-', sizes)} {activation.GetType().Name}" + (dropout > 0 ? $", dropout {dropout}" : "");
        return new NetworkSpec(description, (inputs, outputs) =>
        {
            var layers = new List<ILayer>();
            foreach (int size in sizes)
            {
                layers.Add(new Dense(inputs, size, Initialization.He(inputs)));
                layers.Add(new Activation(size, activation));
                if (dropout > 0)
                {
                    layers.Add(new Dropout(size, dropout));
                }
                inputs = size;
            }
            layers.Add(new Dense(inputs, outputs));
            return new Sequential([.. layers]);
        });
    }

    /// <summary>A network of the user's own layers.</summary>
    /// <param name="build">Gives, for the lengths of input and output rows, the outermost layer: a new one at each call, always of the same form.</param>
    public static NetworkSpec Of(Func<int, int, ILayer> build)
    {
        ArgumentNullException.ThrowIfNull(build);
        return new NetworkSpec("custom", build);
    }

    /// <summary>Builds a network.</summary>
    /// <exception cref="InvalidOperationException">The user's layers do not have the lengths asked for.</exception>
    public Network Build(int inputs, int outputs)
    {
        var layer = _build(inputs, outputs) ?? throw new InvalidOperationException("The network's builder returned null; it must return its outermost layer.");
        return layer.Inputs == inputs && layer.Outputs == outputs
            ? new Network(layer)
            : throw new InvalidOperationException($"The network maps {layer.Inputs} values to {layer.Outputs}; {inputs} to {outputs} are needed. Let the builder use its arguments.");
    }

    /// <inheritdoc/>
    public override string ToString() => Description;
}
