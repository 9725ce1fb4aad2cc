// SPDX-License-Identifier: MIT
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
