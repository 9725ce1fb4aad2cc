// SPDX-License-Identifier: MIT
using System.Reflection;

namespace Microsoft.ML.StandIn;

/// <summary>Loads custom mappings: the assembly is found by its name, the factory by its contract.</summary>
[TransformerLoader(Name)]
internal static class CustomMappingState
{
    internal const string Name = "CustomMapping";

    internal static ITransformer Load(ModelLoadContext context)
    {
        string contract = (string)context.State["Contract"];
        if (AssemblyOf((string)context.State["Assembly"]) is { } assembly)
        {
            context.Environment.ComponentCatalog.RegisterAssembly(assembly, throwOnError: false);
        }

        Type type = context.Environment.ComponentCatalog.FindExtension(contract);
        if (type is null || Activator.CreateInstance(type, nonPublic: true) is not ICustomMappingFactory factory)
        {
            var reason = new InvalidOperationException($"Unable to locate a custom mapping factory for contract '{contract}'. Is the assembly that holds it registered with MLContext.ComponentCatalog?");
            throw new InvalidOperationException("Error during class instantiation", new TargetInvocationException(reason));
        }

        return factory.CreateTransformer(contract);
    }

    private static Assembly AssemblyOf(string name)
    {
        try
        {
            return Array.Find(AppDomain.CurrentDomain.GetAssemblies(), a => a.FullName == name) ?? Assembly.Load(new AssemblyName(name));
        }
        catch (IOException)
        {
            return null;
        }
    }
}
