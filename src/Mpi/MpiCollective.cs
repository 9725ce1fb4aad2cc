// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using MLNetExtensions.Trainers.SubspaceSgd.Collectives;

namespace MLNetExtensions.Mpi;

/// <summary>Ranks that are processes started by Open MPI's <c>mpirun</c>, on one machine or many.</summary>
/// <remarks>
/// Nothing of MPI is loaded before <see cref="World"/> is asked for. MPI is ended when the process ends; a process that ends with an exit code
/// other than 0 ends all others. A process that was not started by <c>mpirun</c> is one rank by itself.
/// </remarks>
public sealed unsafe class MpiCollective : ICollective
{
    // Doubles of each rank that are gathered at a time to be added up.
    private const int SumBlock = 4096;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly Lazy<MpiCollective> Started = new(() => new MpiCollective(MpiLibrary.Load()));

    private readonly MpiLibrary _library;
    private readonly MpiThread _thread;
    private readonly double[] _gathered;

    private MpiCollective(MpiLibrary library)
    {
        _library = library;
        _thread = new MpiThread(library);
        _gathered = GC.AllocateArray<double>(checked(SumBlock * Size), pinned: true);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => End();
        RefuseForeignLauncher();
    }

    /// <summary>All processes that <c>mpirun</c> started; the first use starts MPI.</summary>
    /// <exception cref="DllNotFoundException">Open MPI's library can't be loaded.</exception>
    /// <exception cref="NotSupportedException">The library that was found is not Open MPI's.</exception>
    /// <exception cref="InvalidOperationException">MPI can't be started.</exception>
    public static MpiCollective World => Started.Value;

    /// <inheritdoc/>
    public int Rank => _thread.Rank;

    /// <inheritdoc/>
    public int Size => _thread.Size;

    /// <summary>What Open MPI says that it is.</summary>
    public string LibraryVersion => _library.Version();

    /// <inheritdoc/>
    public void AllReduceSum(Span<float> values)
    {
        fixed (float* address = values)
        {
            Call(new MpiRequest(MpiCall.AllReduceSum, 0, (nint)address, values.Length));
        }
    }

    /// <summary>Replaces each value by its sum over the ranks, taken in their order: the bits do not depend on how MPI would reduce.</summary>
    public void AllReduceSum(Span<double> values)
    {
        for (int start = 0; start < values.Length; start += SumBlock)
        {
            var block = values.Slice(start, Math.Min(SumBlock, values.Length - start));
            var gathered = _gathered.AsSpan(0, block.Length * Size);
            AllGather(block, gathered);
            block.Clear();
            for (int rank = 0; rank < Size; rank++)
            {
                var part = gathered.Slice(rank * block.Length, block.Length);
                for (int i = 0; i < block.Length; i++)
                {
                    block[i] += part[i];
                }
            }
        }
    }

    /// <inheritdoc/>
    public void AllToAll(ReadOnlySpan<float> send, Span<float> receive)
    {
        CheckLengths(send.Length % Size == 0 && receive.Length == send.Length, send.Length, receive.Length);
        fixed (float* from = send, to = receive)
        {
            Call(new MpiRequest(MpiCall.AllToAll, (nint)from, (nint)to, send.Length / Size));
        }
    }

    /// <inheritdoc/>
    public void AllGather(ReadOnlySpan<float> send, Span<float> receive) => Gather(send, receive);

    /// <inheritdoc/>
    public void AllGather(ReadOnlySpan<double> send, Span<double> receive) => Gather(send, receive);

    /// <inheritdoc/>
    public void Barrier() => Call(new MpiRequest(MpiCall.Barrier));

    /// <summary>Writes the reason and this rank to the error stream, and ends all processes with exit code 1. Does nothing where there are no others.</summary>
    /// <param name="reason">What went wrong.</param>
    public void Abort(string reason)
    {
        if (Size > 1)
        {
            EndAll(1, $"can't go on: {reason}");
        }
    }

    private void Gather<T>(ReadOnlySpan<T> send, Span<T> receive)
        where T : unmanaged
    {
        CheckLengths(receive.Length == (long)send.Length * Size, send.Length, receive.Length);
        fixed (T* from = send, to = receive)
        {
            // MPI wants to be told when a block is gathered from where it goes.
            nint address = from == to + ((long)Rank * send.Length) ? 0 : (nint)from;
            Call(new MpiRequest(MpiCall.AllGather, address, (nint)to, send.Length, typeof(T) == typeof(double)));
        }
    }

    private void Call(in MpiRequest request)
    {
        if (request.Count == 0 && request.Call != MpiCall.Barrier)
        {
            return;
        }
        int code = _thread.Call(request);
        if (code != 0)
        {
            throw new CollectiveException(Rank, $"Rank {Rank} of {Size}: {request.Call} of {request.Count} values failed in MPI: {_library.Describe(code)}.");
        }
    }

    private void End()
    {
        if (_thread.IsBusy)
        {
            // Someone ends the process in the midst of a call that waits for the others; finalising would wait with it.
            Environment.ExitCode = Environment.ExitCode == 0 ? 1 : Environment.ExitCode;
        }
        else if (Environment.ExitCode != 0 && Size > 1)
        {
            EndAll(Environment.ExitCode, $"ended with exit code {Environment.ExitCode}");
        }
        else
        {
            _thread.Call(new MpiRequest(MpiCall.Finalize));
        }
    }

    private void EndAll(int exitCode, string what)
    {
        Console.Error.WriteLine($"Rank {Rank} of {Size} {what}");
        Console.Error.Flush();
        if (!_thread.TryCall(new MpiRequest(MpiCall.Abort, Count: exitCode), Patience))
        {
            // mpirun ends the others when one ends without having said goodbye to MPI.
            Environment.FailFast($"Rank {Rank} of {Size} {what}");
        }
    }

    // A launcher of another MPI starts processes that each believe to be alone, and would train as many models.
    private void RefuseForeignLauncher()
    {
        string? variable = new[] { "PMI_SIZE", "OMPI_COMM_WORLD_SIZE" }
            .FirstOrDefault(name => int.TryParse(Environment.GetEnvironmentVariable(name), out int ranks) && ranks > 1);
        if (Size == 1 && variable is not null)
        {
            throw new InvalidOperationException(
                $"The launcher started {Environment.GetEnvironmentVariable(variable)} processes ({variable}), but Open MPI sees this one alone. Start them with Open MPI's mpirun.");
        }
    }

    private static void CheckLengths(bool match, int send, int receive, [CallerMemberName] string call = "")
    {
        if (!match)
        {
            throw new ArgumentException($"{call} was given {send} values to send and room for {receive}: one block for each rank is needed, all of one length.", nameof(receive));
        }
    }
}
