// SPDX-License-Identifier: MIT
namespace Microsoft.ML.Transforms;

/// <summary>Makes a factory of a custom mapping findable by its contract name.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class CustomMappingFactoryAttributeAttribute : ExtensionBaseAttribute
{
    public CustomMappingFactoryAttributeAttribute(string contractName)
        : base(contractName)
    {
    }
}
