// SPDX-License-Identifier: MIT
using System.IO.Compression;
using System.Text.Json.Nodes;
using Microsoft.ML.StandIn;

namespace Microsoft.ML;

/// <summary>A folder of a model's archive in which a component writes its state.</summary>
public sealed class ModelSaveContext : IDisposable
{
    private readonly ZipArchive _archive;
    private readonly string _folder;
    private JsonObject _document;
    private bool _written;

    internal ModelSaveContext(ZipArchive archive, string folder)
    {
        _archive = archive;
        _folder = folder;
    }

    /// <summary>Names the loader (see <see cref="TransformerLoaderAttribute"/>) and gives it its state; a later call replaces an earlier one.</summary>
    internal void SetState(string loader, JsonObject state = null) => _document = new JsonObject { ["Loader"] = loader, ["State"] = state ?? [] };

    /// <summary>Writes a further entry into the folder, such as a file that is embedded.</summary>
    internal void WriteEntry(string name, Action<Stream> write)
    {
        using Stream stream = _archive.CreateEntry(_folder + "/" + name, CompressionLevel.Fastest).Open();
        write(stream);
    }

    /// <summary>Saves a component into a folder inside this one.</summary>
    internal void SaveChild(string name, ICanSaveModel child)
    {
        using var context = new ModelSaveContext(_archive, _folder + "/" + name);
        child.Save(context);
        context.Finish();
    }

    /// <summary>Writes the state; what has named no loader cannot be saved.</summary>
    internal void Finish()
    {
        if (_written)
        {
            return;
        }

        _written = true;
        JsonObject document = _document ?? throw new InvalidOperationException("ModelSignature not specified!");
        WriteEntry(ModelFormat.StateEntry, stream => ModelFormat.Write(stream, document));
    }

    public void Dispose()
    {
    }
}
