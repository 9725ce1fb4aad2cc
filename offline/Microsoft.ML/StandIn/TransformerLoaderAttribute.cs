// SPDX-License-Identifier: MIT
namespace Microsoft.ML.StandIn;

/// <summary>
/// Registers a loader under the name that <see cref="ModelSaveContext.SetState"/> was given: the class that bears it has a
/// method <c>static ITransformer Load(ModelLoadContext)</c> (or of a more derived result).
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TransformerLoaderAttribute : Attribute
{
    internal TransformerLoaderAttribute(string name) => Name = name;

    internal string Name { get; }
}
