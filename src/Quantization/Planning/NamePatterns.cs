// SPDX-License-Identifier: MIT
using System.Text.RegularExpressions;
using MLNetExtensions.Quantization.Weights;

namespace MLNetExtensions.Quantization.Planning;

/// <summary>Names, exact or with the wildcards <c>*</c> and <c>?</c>.</summary>
internal sealed class NamePatterns(IEnumerable<string> patterns)
{
    private readonly (string Text, Regex Pattern)[] _patterns =
    [
        .. patterns.Select(text => (text, new Regex(
            "^" + Regex.Escape(text).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal) + "$",
            RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.NonBacktracking))),
    ];

    private readonly HashSet<string> _hit = new(StringComparer.Ordinal);

    /// <summary>Patterns that no name was seen to match.</summary>
    public IEnumerable<string> Unused => _patterns.Select(pattern => pattern.Text).Where(text => !_hit.Contains(text));

    /// <summary>The first pattern that the tensor, or a node that reads it, matches.</summary>
    public string? Match(WeightTensor weight)
    {
        string? first = null;
        foreach (var (text, pattern) in _patterns)
        {
            if (pattern.IsMatch(weight.Name) || weight.Uses.Exists(use => use.Node.Name.Length > 0 && pattern.IsMatch(use.Node.Name)))
            {
                _hit.Add(text);
                first ??= text;
            }
        }
        return first;
    }
}
