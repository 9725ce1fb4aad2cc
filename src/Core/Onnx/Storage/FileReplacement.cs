// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Onnx.Storage;

/// <summary>Writes a file under a temporary name beside its place and puts it there when it is complete; else leaves nothing behind.</summary>
internal sealed class FileReplacement : IDisposable
{
    private readonly string _temporary;
    private string? _backup;
    private bool _placed;
    private bool _done;

    public FileReplacement(string path)
    {
        FullPath = Path.GetFullPath(path);
        _temporary = $"{FullPath}.{Path.GetRandomFileName()}.tmp";
        Stream = new FileStream(_temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
    }

    public string FullPath { get; }

    public FileStream Stream { get; }

    /// <summary>Puts the file in its place, but keeps what it replaced until <see cref="Complete"/>.</summary>
    public void CommitKeepingOld()
    {
        Stream.Dispose();
        if (File.Exists(FullPath))
        {
            string backup = $"{FullPath}.{Path.GetRandomFileName()}.old";
            File.Move(FullPath, backup);
            _backup = backup;
        }
        File.Move(_temporary, FullPath);
        _placed = true;
    }

    /// <summary>Puts the file in its place in one step.</summary>
    public void Commit()
    {
        Stream.Dispose();
        File.Move(_temporary, FullPath, overwrite: true);
        _done = true;
    }

    /// <summary>Gives up what the file replaced.</summary>
    public void Complete()
    {
        _done = true;
        if (_backup is not null)
        {
            File.Delete(_backup);
        }
    }

    public void Dispose()
    {
        // Closing may itself fail, writing what was buffered to a full disk; the leftovers go all the same.
        try
        {
            Stream.Dispose();
        }
        catch (IOException) when (!_done)
        {
        }
        if (_done)
        {
            return;
        }
        File.Delete(_temporary);
        if (_backup is not null)
        {
            File.Move(_backup, FullPath, overwrite: true);
        }
        else if (_placed)
        {
            File.Delete(FullPath);
        }
    }
}
