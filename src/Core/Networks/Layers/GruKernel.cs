// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;
using MLNetExtensions.Networks.Activations;

namespace MLNetExtensions.Networks.Layers;

/// <summary>The arithmetic of one gated recurrent step of one row. Rows of gates hold z, r and c one after another.</summary>
internal static class GruKernel
{
    private static readonly Sigmoid Sigmoid = new();
    private static readonly Tanh Tanh = new();

    /// <summary>Computes a hidden state from the one before.</summary>
    /// <param name="fromInput"><c>x W + b</c>.</param>
    /// <param name="fromHidden"><c>h U</c>.</param>
    /// <param name="candidateBias">b'c.</param>
    /// <param name="before">h.</param>
    /// <param name="gates">Becomes z, r, c.</param>
    /// <param name="candidate">Becomes <c>h Uc + b'c</c>.</param>
    /// <param name="state">Becomes h'.</param>
    public static void Forward(
        ReadOnlySpan<float> fromInput, ReadOnlySpan<float> fromHidden, ReadOnlySpan<float> candidateBias, ReadOnlySpan<float> before,
        Span<float> gates, Span<float> candidate, Span<float> state)
    {
        int hidden = state.Length;
        var c = gates[(2 * hidden)..];
        TensorPrimitives.Add(fromInput[..(2 * hidden)], fromHidden[..(2 * hidden)], gates);
        Sigmoid.Apply(gates[..(2 * hidden)], gates);
        TensorPrimitives.Add(fromHidden[(2 * hidden)..], candidateBias, candidate);
        TensorPrimitives.MultiplyAdd(gates.Slice(hidden, hidden), candidate, fromInput[(2 * hidden)..], c);
        Tanh.Apply(c, c);
        // (1 - z) c + z h = c + (h - c) z
        TensorPrimitives.Subtract(before, c, state);
        TensorPrimitives.MultiplyAdd(state, gates[..hidden], c, state);
    }

    /// <summary>Computes gradients from that by the hidden state.</summary>
    /// <param name="gradient">The derivative by h'.</param>
    /// <param name="gates">z, r, c.</param>
    /// <param name="candidate"><c>h Uc + b'c</c>.</param>
    /// <param name="before">h.</param>
    /// <param name="inputSide">Becomes the derivative by <c>x W + b</c>.</param>
    /// <param name="hiddenSide">Becomes the derivative by <c>h U</c>.</param>
    /// <param name="beforeGradient">The derivative by h through z alone is added to it; empty at the first step.</param>
    /// <param name="candidateBiasGradient">The derivative by b'c is added to it.</param>
    public static void Backward(
        ReadOnlySpan<float> gradient, ReadOnlySpan<float> gates, ReadOnlySpan<float> candidate, ReadOnlySpan<float> before,
        Span<float> inputSide, Span<float> hiddenSide, Span<float> beforeGradient, Span<float> candidateBiasGradient)
    {
        int hidden = gradient.Length;
        var z = gates[..hidden];
        var r = gates.Slice(hidden, hidden);
        var c = gates[(2 * hidden)..];
        var byZ = inputSide[..hidden];
        var byR = inputSide.Slice(hidden, hidden);
        var byC = inputSide[(2 * hidden)..];
        if (!beforeGradient.IsEmpty)
        {
            TensorPrimitives.MultiplyAdd(gradient, z, beforeGradient, beforeGradient);
        }

        TensorPrimitives.Multiply(gradient, z, byC);
        TensorPrimitives.Subtract(gradient, byC, byC);
        Tanh.MultiplyByDerivative([], c, byC);

        TensorPrimitives.Subtract(before, c, byZ);
        TensorPrimitives.Multiply(byZ, gradient, byZ);
        TensorPrimitives.Multiply(byC, candidate, byR);
        Sigmoid.MultiplyByDerivative([], gates[..(2 * hidden)], inputSide[..(2 * hidden)]);

        inputSide[..(2 * hidden)].CopyTo(hiddenSide);
        TensorPrimitives.Multiply(byC, r, hiddenSide[(2 * hidden)..]);
        TensorPrimitives.Add(candidateBiasGradient, hiddenSide[(2 * hidden)..], candidateBiasGradient);
    }
}
