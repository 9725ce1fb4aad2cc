// SPDX-License-Identifier: MIT
using System.Globalization;
using MLNetExtensions.Onnx.Protobuf;

namespace MLNetExtensions.Onnx.Storage;

/// <summary>Where a tensor says that its bytes lie. The path is checked before it touches the file system: it stays within the model's folder, links included.</summary>
internal sealed record ExternalLocation(string Location, long Offset, long? Length)
{
    private const int MaxLinks = 40;

    /// <summary>Reads and checks what the tensor says, without looking at any file.</summary>
    public static ExternalLocation Of(TensorProto tensor, string where)
    {
        string? location = null;
        long offset = 0;
        long? length = null;
        foreach (var entry in tensor.ExternalData)
        {
            switch (entry.Key)
            {
                case "location":
                    location = entry.Value;
                    break;
                case "offset":
                    offset = Number(entry, where);
                    break;
                case "length":
                    length = Number(entry, where);
                    break;
                default:
                    break;
            }
        }
        if (string.IsNullOrEmpty(location))
        {
            throw new OnnxFormatException(where, "its data are external, but no location is given");
        }
        // Both separators and drive letters, whatever the system: a model travels.
        if (location[0] is '/' or '\\' || Path.IsPathRooted(location) || location.Contains(':', StringComparison.Ordinal))
        {
            throw new OnnxFormatException(where, $"its external data have the absolute path '{Shown(location)}'; only paths within the model's folder are accepted");
        }
        if (location.Contains('\0', StringComparison.Ordinal) || location.Length > 4096)
        {
            throw new OnnxFormatException(where, $"its external data have no possible file name: '{Shown(location)}'");
        }
        if (location.Split('/', '\\').Contains(".."))
        {
            throw new OnnxFormatException(where, $"its external data at '{Shown(location)}' lie outside the model's folder");
        }
        return new ExternalLocation(location, offset, length);
    }

    /// <summary>The file, which exists, is within the folder after all links are followed, and holds the bytes.</summary>
    public string Resolve(string folder, long needed, string where)
    {
        string path = Path.Combine(folder, Location);
        try
        {
            string real = RealPath(path), realFolder = RealPath(folder);
            if (!real.StartsWith(Path.EndsInDirectorySeparator(realFolder) ? realFolder : realFolder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                throw new OnnxFormatException(where, $"its external data at '{Shown(Location)}' are a link to '{real}', outside the model's folder");
            }
            var file = new FileInfo(real);
            if (!file.Exists)
            {
                throw new OnnxFormatException(where, $"its external data file '{path}' is missing; it belongs beside the model");
            }
            if (Length is { } length && length != needed)
            {
                throw new OnnxFormatException(where, $"its external data are said to have {length} bytes; its shape and type take {needed}");
            }
            if (Offset > file.Length || needed > file.Length - Offset)
            {
                throw new OnnxFormatException(where, $"its external data are bytes {Offset} to {(Int128)Offset + needed} of '{path}', which has only {file.Length}");
            }
            return real;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new OnnxFormatException(where, $"its external data file '{path}' cannot be used: {error.Message}", error);
        }
    }

    private static long Number(StringStringEntryProto entry, string where) =>
        long.TryParse(entry.Value, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw new OnnxFormatException(where, $"the {entry.Key} of its external data is '{Shown(entry.Value)}', not a number");

    private static string Shown(string text) => text.Length <= 200 ? text : text[..200] + "...";

    private static string RealPath(string path)
    {
        string full = Path.GetFullPath(path);
        int links = 0;
        string root = Path.GetPathRoot(full) ?? "";
        string resolved = root;
        var rest = new Stack<string>(full[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Reverse());
        while (rest.TryPop(out string? part))
        {
            string next = Path.Combine(resolved, part);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                resolved = next;
                continue;
            }
            if (++links > MaxLinks)
            {
                throw new IOException($"'{path}' goes through more than {MaxLinks} links.");
            }
            string goal = Path.GetFullPath(target, resolved);
            resolved = Path.GetPathRoot(goal) ?? "";
            foreach (string step in goal[resolved.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Reverse())
            {
                rest.Push(step);
            }
        }
        return resolved;
    }
}
