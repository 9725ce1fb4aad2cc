// SPDX-License-Identifier: MIT
using System.IO.Compression;
using System.Text;
using Microsoft.ML.StandIn;

namespace Microsoft.ML;

public sealed partial class ModelOperationsCatalog
{
    public void Save(ITransformer model, DataViewSchema inputSchema, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        using (Stream version = archive.CreateEntry(ModelFormat.VersionEntry).Open())
        {
            version.Write(Encoding.UTF8.GetBytes("stand-in for Microsoft.ML"));
        }

        if (model is not null)
        {
            using var context = new ModelSaveContext(archive, ModelFormat.TransformerFolder);
            model.Save(context);
            context.Finish();
        }

        if (inputSchema is not null)
        {
            using Stream schema = archive.CreateEntry(ModelFormat.SchemaEntry).Open();
            ModelFormat.Write(schema, SchemaDocument.ToJson(inputSchema));
        }
    }

    public void Save(ITransformer model, DataViewSchema inputSchema, string filePath)
    {
        CheckPath(filePath);
        using FileStream stream = File.Create(filePath);
        Save(model, inputSchema, stream);
    }

    public ITransformer Load(Stream stream, out DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using ZipArchive archive = Open(stream);
        if (archive.GetEntry(ModelFormat.TransformerFolder + "/" + ModelFormat.StateEntry) is null)
        {
            throw new InvalidOperationException("Could not load legacy format model");
        }

        inputSchema = archive.GetEntry(ModelFormat.SchemaEntry) is { } schema ? SchemaDocument.FromJson(ModelFormat.Read(schema)) : null;
        return TransformerLoaders.Load(new ModelLoadContext(Environment, archive, ModelFormat.TransformerFolder));
    }

    public ITransformer Load(string filePath, out DataViewSchema inputSchema)
    {
        CheckPath(filePath);
        using FileStream stream = File.OpenRead(filePath);
        return Load(stream, out inputSchema);
    }

    private static ZipArchive Open(Stream stream)
    {
        try
        {
            return new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        }
        catch (InvalidDataException exception)
        {
            throw new FormatException("Failed to open a zip archive", exception);
        }
    }

    private static void CheckPath(string filePath)
    {
        if (string.IsNullOrEmpty(filePath))
        {
            throw new ArgumentOutOfRangeException(nameof(filePath), $"{nameof(filePath)} cannot be null or empty");
        }
    }
}
