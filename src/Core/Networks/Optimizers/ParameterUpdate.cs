// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;
using MLNetExtensions.Numerics;

namespace MLNetExtensions.Networks.Optimizers;

/// <summary>One optimiser step on the parameters of a model: clips the gradient, lets weights decay, updates, shrinks weights. It keeps what the optimiser remembers.</summary>
public sealed class ParameterUpdate
{
    private readonly IOptimizer _optimizer;
    private readonly Range[] _decaying;
    private readonly int _length;
    private readonly float[] _state;

    /// <summary>Begins with the first step.</summary>
    /// <param name="optimizer">How gradients become steps.</param>
    /// <param name="tensors">The tensors of the parameter vector, in order: they say what decays.</param>
    public ParameterUpdate(IOptimizer optimizer, IReadOnlyList<ParameterTensor> tensors)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(tensors);
        _optimizer = optimizer;
        var decaying = new List<Range>();
        foreach (var tensor in tensors)
        {
            if (tensor.Decays)
            {
                decaying.Add(_length..checked(_length + tensor.Length));
            }
            _length = checked(_length + tensor.Length);
        }
        _decaying = [.. decaying];
        _state = new float[optimizer.StateLength(_length)];
    }

    /// <summary>The largest Euclidean norm of the gradient; a longer one is shortened to it. Null for no limit.</summary>
    /// <value>The default is null.</value>
    public float? MaximumNorm { get; init => field = value is null ? null : OptimizerChecks.Positive(value.Value); }

    /// <summary>The largest size of a single derivative; a larger one is cut to it, before norms are taken. Null for no limit.</summary>
    /// <value>The default is null.</value>
    public float? MaximumValue { get; init => field = value is null ? null : OptimizerChecks.Positive(value.Value); }

    /// <summary>The factor on the sum of absolute values of the parameters that decay, whose proximal step follows each update: they become exactly zero.</summary>
    /// <value>The default is 0.</value>
    public float L1 { get; init => field = OptimizerChecks.NotNegative(value); }

    /// <summary>Steps taken so far; a checkpoint keeps it.</summary>
    public long Iteration { get; set => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Steps can't be negative."); }

    /// <summary>What the optimiser remembers; a checkpoint keeps it.</summary>
    public Span<float> State => _state;

    /// <summary>Takes one step.</summary>
    /// <param name="parameters">What is changed.</param>
    /// <param name="gradient">The derivative of the loss; it may be clipped in place.</param>
    /// <param name="learningRate">The learning rate of this step.</param>
    /// <returns>The gradient's norm before it was shortened. If that is no finite number, no step was taken.</returns>
    public double Apply(Span<float> parameters, Span<float> gradient, float learningRate)
    {
        if (parameters.Length != _length || gradient.Length != _length)
        {
            throw new ArgumentException($"There are {parameters.Length} parameters and {gradient.Length} derivatives; the tensors have {_length} values.", nameof(gradient));
        }
        // An infinite derivative must not be cut to a harmless one, so its norm is looked at first.
        double norm = Math.Sqrt(VectorLoop.SumOfSquares(gradient));
        if (!double.IsFinite(norm))
        {
            return norm;
        }
        if (MaximumValue is { } limit)
        {
            TensorPrimitives.Clamp(gradient, -limit, limit, gradient);
            norm = Math.Sqrt(VectorLoop.SumOfSquares(gradient));
        }
        if (MaximumNorm is { } longest && norm > longest)
        {
            TensorPrimitives.Multiply(gradient, (float)(longest / norm), gradient);
        }
        if (_optimizer.WeightDecay > 0)
        {
            foreach (var part in _decaying)
            {
                TensorPrimitives.Multiply(parameters[part], 1 - (learningRate * _optimizer.WeightDecay), parameters[part]);
            }
        }
        _optimizer.Update(parameters, gradient, _state, ++Iteration, learningRate);
        if (L1 > 0)
        {
            foreach (var part in _decaying)
            {
                _optimizer.Shrink(parameters, _state, part, Iteration, learningRate, L1);
            }
        }
        return norm;
    }
}
