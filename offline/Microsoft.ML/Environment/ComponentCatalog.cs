// SPDX-License-Identifier: MIT
using System.Reflection;
using Microsoft.ML.StandIn;

namespace Microsoft.ML.Runtime;

/// <summary>What can be found by name: the factories of custom mappings.</summary>
public sealed class ComponentCatalog
{
    private readonly HashSet<Assembly> _assemblies = [];
    private readonly Dictionary<string, Type> _extensions = [];

    internal ComponentCatalog()
    {
    }

    public void RegisterAssembly(Assembly assembly, bool throwOnError = true)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        lock (_extensions)
        {
            if (!_assemblies.Add(assembly))
            {
                return;
            }

            foreach (Type type in TypesOf(assembly, throwOnError))
            {
                if (type.GetCustomAttribute<ExtensionBaseAttribute>(false) is { } attribute)
                {
                    Add(attribute.ContractName, type, throwOnError);
                }
            }
        }
    }

    /// <summary>The class that bears an attribute with this contract name, or null.</summary>
    internal Type FindExtension(string contractName)
    {
        lock (_extensions)
        {
            return _extensions.GetValueOrDefault(contractName);
        }
    }

    private void Add(string name, Type type, bool throwOnError)
    {
        if (_extensions.TryAdd(name, type) || !throwOnError)
        {
            return;
        }

        throw new InvalidOperationException($"Duplicate contract name '{name}': '{_extensions[name]}' and '{type}'.");
    }

    private static IEnumerable<Type> TypesOf(Assembly assembly, bool throwOnError)
    {
        try
        {
            return [.. assembly.GetTypes().Where(t => t.IsClass)];
        }
        catch (ReflectionTypeLoadException exception) when (!throwOnError)
        {
            return [.. exception.Types.Where(t => t is { IsClass: true })];
        }
    }
}
