// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Networks.Layers;

/// <summary>Where the parameters of the layers of a composition lie: one layer's after another's.</summary>
internal sealed class ParameterLayout
{
    private readonly int[] _starts;

    /// <summary>Lays out the layers' parameters; each layer's tensors get its number before their names.</summary>
    /// <exception cref="ArgumentException">There is no layer, one is null, or one occurs twice.</exception>
    public ParameterLayout(IReadOnlyList<ILayer> layers, string argument)
    {
        ArgumentNullException.ThrowIfNull(layers, argument);
        if (layers.Count == 0 || layers.Any(layer => layer is null))
        {
            throw new ArgumentException("A composition needs at least one layer, and none may be null.", argument);
        }
        if (layers.Distinct(ReferenceEqualityComparer.Instance).Count() < layers.Count)
        {
            throw new ArgumentException("One layer object occurs twice. It keeps the activations of its last pass, so make another one.", argument);
        }
        _starts = new int[layers.Count + 1];
        var tensors = new List<ParameterTensor>();
        for (int i = 0; i < layers.Count; i++)
        {
            tensors.AddRange(layers[i].Parameters.Select(tensor => tensor with { Name = $"{i}.{tensor.Name}" }));
            _starts[i + 1] = layers[i].Parameters.Aggregate(_starts[i], (sum, tensor) => checked(sum + tensor.Length));
        }
        Tensors = tensors;
    }

    /// <summary>The tensors of all layers, in order.</summary>
    public IReadOnlyList<ParameterTensor> Tensors { get; }

    /// <summary>Whether any layer before this one has parameters.</summary>
    public bool AnyBefore(int layer) => _starts[layer] > 0;

    /// <summary>One layer's parameters.</summary>
    public ReadOnlySpan<float> Slice(ReadOnlySpan<float> parameters, int layer) => parameters[_starts[layer].._starts[layer + 1]];

    /// <summary>One layer's parameters.</summary>
    public Span<float> Slice(Span<float> parameters, int layer) => parameters[_starts[layer].._starts[layer + 1]];
}
