// SPDX-License-Identifier: MIT
using System.Numerics;
using MLNetExtensions.Numerics;

namespace MLNetExtensions.Networks.Optimizers;

/// <summary>Runs an update rule over all parameters in one pass; an element's bits do not depend on where it lies.</summary>
internal static class UpdateLoop
{
    /// <summary>Runs a rule. Spans of what it does not remember are empty.</summary>
    public static void Run<TRule>(TRule rule, Span<float> parameters, ReadOnlySpan<float> gradient, Span<float> first, Span<float> second)
        where TRule : struct, IUpdateRule
    {
        gradient = gradient[..parameters.Length];
        var vectors = VectorLoop.Vectors(parameters);
        var gradients = VectorLoop.Vectors(gradient);
        var firsts = VectorLoop.Vectors(first);
        var seconds = VectorLoop.Vectors(second);
        Vector<float> none = default;
        for (int i = 0; i < vectors.Length; i++)
        {
            rule.Update(ref vectors[i], gradients[i], ref firsts.IsEmpty ? ref none : ref firsts[i], ref seconds.IsEmpty ? ref none : ref seconds[i]);
        }
        int rest = VectorLoop.Rest(parameters.Length);
        if (rest == parameters.Length)
        {
            return;
        }
        var firstRest = first.IsEmpty ? first : first[rest..];
        var secondRest = second.IsEmpty ? second : second[rest..];
        var parameter = VectorLoop.Load(parameters[rest..]);
        var one = VectorLoop.Load(firstRest);
        var two = VectorLoop.Load(secondRest);
        rule.Update(ref parameter, VectorLoop.Load(gradient[rest..]), ref one, ref two);
        VectorLoop.Store(parameter, parameters[rest..]);
        VectorLoop.Store(one, firstRest);
        VectorLoop.Store(two, secondRest);
    }
}
