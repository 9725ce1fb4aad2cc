// SPDX-License-Identifier: MIT
using System.IO.Compression;
using System.Text.Json.Nodes;
using Microsoft.ML.StandIn;

namespace Microsoft.ML;

/// <summary>A folder of a model's archive from which a component is made again.</summary>
internal sealed class ModelLoadContext
{
    private readonly ZipArchive _archive;
    private readonly string _folder;

    internal ModelLoadContext(HostEnvironment environment, ZipArchive archive, string folder)
    {
        Environment = environment;
        _archive = archive;
        _folder = folder;
        JsonObject document = ModelFormat.Read(Entry(ModelFormat.StateEntry) ?? throw new FormatException($"Could not find '{folder}/{ModelFormat.StateEntry}' in the model"));
        Loader = (string)document["Loader"];
        State = document["State"] as JsonObject ?? [];
    }

    internal HostEnvironment Environment { get; }

    /// <summary>The name under which the component's loader is registered.</summary>
    internal string Loader { get; }

    /// <summary>What <see cref="ModelSaveContext.SetState"/> was given.</summary>
    internal JsonObject State { get; }

    /// <summary>The bytes of a further entry of the folder.</summary>
    internal byte[] ReadEntry(string name)
    {
        using Stream stream = (Entry(name) ?? throw new FormatException($"Could not find '{_folder}/{name}' in the model")).Open();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    /// <summary>Loads the transformer that was saved into a folder inside this one.</summary>
    internal ITransformer LoadChild(string name) => TransformerLoaders.Load(new ModelLoadContext(Environment, _archive, _folder + "/" + name));

    private ZipArchiveEntry Entry(string name) => _archive.GetEntry(_folder + "/" + name);
}
