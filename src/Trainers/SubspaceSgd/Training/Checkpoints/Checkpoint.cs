// SPDX-License-Identifier: MIT
using System.Security.Cryptography;

namespace MLNetExtensions.Trainers.SubspaceSgd.Training.Checkpoints;

/// <summary>A file that holds where a training stands; each rank has one of its own, and all of them say the same.</summary>
internal sealed class Checkpoint
{
    private const string Magic = "MLNetExtensions subspace SGD checkpoint 1";

    private readonly string _path;
    private readonly string _temporary;
    private readonly TrainingSetup _setup;

    public Checkpoint(string path, TrainingSetup setup)
    {
        _setup = setup;
        _path = Path.GetFullPath(setup.Ranks.Size == 1 ? path : $"{path}.{setup.Ranks.Rank}");
        _temporary = _path + ".tmp";
    }

    /// <summary>Writes the file in one step: what was there stays until the new one is complete.</summary>
    public void Write(TrainingState state)
    {
        try
        {
            // Whatever a process that was killed has left there is overwritten.
            using (FileStream file = new(_temporary, FileMode.Create, FileAccess.ReadWrite))
            {
                using (BinaryWriter writer = new(file, System.Text.Encoding.UTF8, leaveOpen: true))
                {
                    writer.Write(Magic);
                    writer.Write(_setup.Description);
                    state.Accept(new StateWriter(writer));
                }
                file.Position = 0;
                file.Write(SHA256.HashData(file));
                // Else the name may outlast a loss of power without what it names.
                file.Flush(flushToDisk: true);
            }
            File.Move(_temporary, _path, overwrite: true);
        }
        finally
        {
            File.Delete(_temporary);
        }
    }

    /// <summary>Goes on from the file, if this rank or another has one.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    /// <exception cref="ArgumentException">It belongs to another training.</exception>
    public void Resume(TrainingState state)
    {
        if (File.Exists(_path))
        {
            Read(state);
        }
        // A rank that was stopped before the others may lack the newest state; the first that has it tells all.
        long[] epochs = [.. _setup.Ranks.Gather([state.Epoch]).Select(epoch => (long)epoch[0])];
        if (epochs.Distinct().Count() > 1)
        {
            state.Accept(new StateBroadcast(_setup.Ranks, Array.IndexOf(epochs, epochs.Max())));
        }
    }

    /// <summary>Removes the file of a training that is complete.</summary>
    public void Delete()
    {
        File.Delete(_path);
        File.Delete(_temporary);
    }

    private void Read(TrainingState state)
    {
        using FileStream file = new(_path, FileMode.Open, FileAccess.Read);
        CheckHash(file);
        using BinaryReader reader = new(file);
        string description = reader.ReadString() == Magic ? reader.ReadString() : throw Damaged();
        if (description != _setup.Description)
        {
            throw new ArgumentException($"The checkpoint '{_path}' was written by another training ({description}) than this one ({_setup.Description}). Delete it, or train as then.");
        }
        state.Accept(new StateReader(reader));
        if (file.Position != file.Length - SHA256.HashSizeInBytes)
        {
            throw Damaged();
        }
    }

    private void CheckHash(FileStream file)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[1 << 16];
        long left = file.Length - SHA256.HashSizeInBytes;
        while (left > 0)
        {
            int count = (int)Math.Min(left, buffer.Length);
            file.ReadExactly(buffer, 0, count);
            hash.AppendData(buffer, 0, count);
            left -= count;
        }
        Span<byte> written = stackalloc byte[SHA256.HashSizeInBytes];
        if (left < 0 || file.ReadAtLeast(written, written.Length, throwOnEndOfStream: false) < written.Length || !written.SequenceEqual(hash.GetHashAndReset()))
        {
            throw Damaged();
        }
        file.Position = 0;
    }

    private InvalidDataException Damaged() => new($"The checkpoint '{_path}' is damaged. Delete it to begin anew.");
}
