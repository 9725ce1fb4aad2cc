// SPDX-License-Identifier: MIT
using System.Reflection;

namespace Microsoft.ML.StandIn;

/// <summary>Finds the loaders of this assembly by their names.</summary>
internal static class TransformerLoaders
{
    private static readonly Dictionary<string, Func<ModelLoadContext, ITransformer>> Loaders = Find();

    internal static ITransformer Load(ModelLoadContext context)
        => Loaders.TryGetValue(context.Loader ?? "", out Func<ModelLoadContext, ITransformer> load)
            ? load(context)
            : throw new FormatException($"Unknown loader '{context.Loader}': what was saved here cannot be loaded");

    private static Dictionary<string, Func<ModelLoadContext, ITransformer>> Find()
    {
        var loaders = new Dictionary<string, Func<ModelLoadContext, ITransformer>>();
        foreach (Type type in typeof(TransformerLoaders).Assembly.GetTypes())
        {
            if (type.GetCustomAttribute<TransformerLoaderAttribute>(false) is { } attribute)
            {
                MethodInfo method = type.GetMethod("Load", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic, [typeof(ModelLoadContext)]);
                loaders.Add(attribute.Name, method.CreateDelegate<Func<ModelLoadContext, ITransformer>>());
            }
        }

        return loaders;
    }
}
