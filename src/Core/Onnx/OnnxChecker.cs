// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Onnx;

/// <summary>Checks that a model keeps ONNX's rules: unique names over all scopes, topological order, known types, constants that fit their shapes, attributes, versions.</summary>
/// <remarks>It does not know the signatures of operators: a model without problems may still hold a node with wrong inputs.</remarks>
public static class OnnxChecker
{
    /// <summary>All problems of a model, none if it is sound.</summary>
    public static IReadOnlyList<OnnxProblem> Check(OnnxModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var check = new Checking.ModelCheck(model);
        check.Run();
        return check.Problems;
    }

    /// <summary>Throws if the model has problems, with the first few in the message.</summary>
    /// <exception cref="OnnxFormatException">The model has problems.</exception>
    public static void ThrowIfUnsound(OnnxModel model)
    {
        var problems = Check(model);
        if (problems.Count > 0)
        {
            string more = problems.Count > 3 ? $" (and {problems.Count - 3} more)" : "";
            throw new OnnxFormatException(model.Path ?? "model", string.Join("; ", problems.Take(3)) + more);
        }
    }
}
