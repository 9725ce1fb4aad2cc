// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.ML.Data;

namespace Microsoft.ML.StandIn;

/// <summary>Saves and loads chains: one folder per transformer.</summary>
[TransformerLoader(Name)]
internal static class TransformerChainState
{
    private const string Name = "TransformerChain";

    internal static void Save(ModelSaveContext context, ITransformerChain chain)
    {
        ArgumentNullException.ThrowIfNull(context);
        for (int i = 0; i < chain.Transformers.Count; i++)
        {
            context.SaveChild(FolderOf(i), chain.Transformers[i]);
        }

        context.SetState(Name, new JsonObject { ["Scopes"] = ModelFormat.ToJson(chain.Scopes.Select(s => (int)s)) });
    }

    internal static ITransformer Load(ModelLoadContext context)
    {
        int[] scopes = ModelFormat.FromJson<int[]>(context.State["Scopes"]);
        return new TransformerChain<ITransformer>(scopes.Select((_, i) => context.LoadChild(FolderOf(i))), scopes.Select(s => (TransformerScope)s));
    }

    private static string FolderOf(int index) => "Transform_" + index.ToString("000", CultureInfo.InvariantCulture);
}
