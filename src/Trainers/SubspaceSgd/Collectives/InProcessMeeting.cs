// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SubspaceSgd.Collectives;

/// <summary>Where the threads of an <see cref="InProcessCollective"/> show each other their memory.</summary>
/// <remarks>What one brings stays fixed until all have left.</remarks>
internal sealed class InProcessMeeting(int size)
{
    private readonly object _lock = new();
    private readonly nint[] _addresses = new nint[size];
    private readonly int[] _lengths = new int[size];
    private readonly string[] _calls = new string[size];
    private int _waiting, _meetings;
    private int _failedRank = -1;
    private string _reason = "";

    /// <summary>How many threads meet.</summary>
    public int Size => size;

    /// <summary>The memory that a rank brought.</summary>
    public nint Brought(int rank) => _addresses[rank];

    /// <summary>Brings memory, and waits until all have.</summary>
    /// <exception cref="CollectiveException">Ranks brought different lengths or called different methods, or one gave up.</exception>
    public void Bring(int rank, nint address, int length, string call)
    {
        _addresses[rank] = address;
        _lengths[rank] = length;
        _calls[rank] = call;
        Meet(orFail: true);
        for (int other = 0; other < size; other++)
        {
            if (_calls[other] != call || _lengths[other] != length)
            {
                string reason = $"called {_calls[other]} with {_lengths[other]} values where rank {rank} called {call} with {length}: all ranks must call the same methods in the same order with as many values";
                Abort(other, reason);
                throw Failure(other, reason);
            }
        }
    }

    /// <summary>Waits until all have come as far. It never fails: whoever has brought memory comes here, and others may be reading it.</summary>
    public void Meet() => Meet(orFail: false);

    /// <summary>Ends all waiting, now and later.</summary>
    public void Abort(int rank, string reason)
    {
        lock (_lock)
        {
            if (_failedRank < 0)
            {
                (_failedRank, _reason) = (rank, reason);
            }
            Monitor.PulseAll(_lock);
        }
    }

    private void Meet(bool orFail)
    {
        lock (_lock)
        {
            ThrowIfFailed(orFail);
            int meeting = _meetings;
            if (++_waiting == size)
            {
                _waiting = 0;
                _meetings++;
                Monitor.PulseAll(_lock);
                return;
            }
            while (_meetings == meeting)
            {
                Monitor.Wait(_lock);
                if (_meetings == meeting)
                {
                    ThrowIfFailed(orFail);
                }
            }
        }
    }

    private void ThrowIfFailed(bool orFail)
    {
        if (orFail && _failedRank >= 0)
        {
            throw Failure(_failedRank, _reason);
        }
    }

    private static CollectiveException Failure(int rank, string reason) => new(rank, $"Rank {rank} can't go on: {reason}");
}
