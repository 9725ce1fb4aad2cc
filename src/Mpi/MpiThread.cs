// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;

namespace MLNetExtensions.Mpi;

/// <summary>The one thread of this process that calls MPI.</summary>
/// <remarks>MPI binds a process to the thread that started it unless a build supports more; .NET code moves between threads as it likes.</remarks>
[SuppressMessage("Design", "CA1001", Justification = "It lives as long as the process.")]
internal sealed class MpiThread
{
    private readonly object _callers = new();
    private readonly ManualResetEventSlim _asked = new(), _answered = new();
    private readonly MpiLibrary _library;
    private MpiRequest _request;
    private int _code;
    private Exception? _failure;
    private volatile bool _busy;

    /// <summary>Starts the thread, and MPI on it.</summary>
    public MpiThread(MpiLibrary library)
    {
        _library = library;
        new Thread(Serve) { IsBackground = true, Name = "MPI" }.Start();
        Wait();
        if (_failure is not null)
        {
            throw _failure;
        }
    }

    /// <summary>This process among the ranks.</summary>
    public int Rank { get; private set; }

    /// <summary>How many ranks there are.</summary>
    public int Size { get; private set; }

    /// <summary>Whether a call is under way.</summary>
    public bool IsBusy => _busy;

    /// <summary>Makes a call, and waits for it.</summary>
    /// <returns>MPI's code; 0 for success.</returns>
    public int Call(in MpiRequest request)
    {
        lock (_callers)
        {
            Ask(request);
            Wait();
            return _code;
        }
    }

    /// <summary>Makes a last call, unless another does not end in time.</summary>
    /// <returns>Whether it was made and has ended.</returns>
    public bool TryCall(in MpiRequest request, TimeSpan patience)
    {
        if (!Monitor.TryEnter(_callers, patience))
        {
            return false;
        }
        try
        {
            Ask(request);
            return _answered.Wait(patience);
        }
        finally
        {
            Monitor.Exit(_callers);
        }
    }

    private void Ask(in MpiRequest request)
    {
        _request = request;
        _busy = true;
        _asked.Set();
    }

    private void Wait()
    {
        _answered.Wait();
        _answered.Reset();
    }

    private void Serve()
    {
        try
        {
            (Rank, Size) = _library.Start();
        }
        catch (Exception thrown)
        {
            _failure = thrown;
            _answered.Set();
            return;
        }
        _answered.Set();
        while (true)
        {
            _asked.Wait();
            _asked.Reset();
            var request = _request;
            _code = _library.Execute(request);
            _busy = false;
            _answered.Set();
            if (request.Call == MpiCall.Finalize)
            {
                return;
            }
        }
    }
}
