// SPDX-License-Identifier: MIT
using System.Runtime.ExceptionServices;

namespace MLNetExtensions.Trainers;

/// <summary>Threads that stay, so that handing them work takes microseconds and allocates nothing.</summary>
/// <remarks>For one caller at a time. Which thread does which task is left to chance: tasks must not depend on it.</remarks>
internal sealed class ThreadTeam : IDisposable
{
    // How often a thread looks for work before it sleeps: some ten microseconds, the time between two phases of a step.
    private const int Looks = 20;

    private readonly object _lock = new();
    private readonly Thread[] _helpers;
    private Action<int>? _body;
    private ExceptionDispatchInfo? _failure;
    private int _started, _tasks, _next, _joined;
    private volatile int _round;
    private bool _open, _disposed;

    /// <summary>Makes the threads; they start when there is work for them.</summary>
    /// <param name="threads">How many, the caller's included.</param>
    public ThreadTeam(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);
        _helpers = new Thread[threads - 1];
        for (int i = 0; i < _helpers.Length; i++)
        {
            _helpers[i] = new Thread(Help) { IsBackground = true, Name = "training " + (i + 1) };
        }
    }

    /// <summary>How many threads there are, the caller's included.</summary>
    public int Threads => _helpers.Length + 1;

    /// <summary>How many threads an option means, which is 0 for as many as there are processors.</summary>
    public static int CountOf(int option) => option == 0 ? Environment.ProcessorCount : option;

    /// <summary>Does tasks 0, 1, ... on all threads, the caller's among them, and returns when all are done.</summary>
    /// <param name="tasks">How many.</param>
    /// <param name="body">Does one. What it throws is thrown here, the first where there are several; tasks not yet begun are left out then.</param>
    public void Run(int tasks, Action<int> body)
    {
        if (_helpers.Length == 0 || tasks <= 1)
        {
            for (int i = 0; i < tasks; i++)
            {
                body(i);
            }
            return;
        }
        for (; _started < _helpers.Length; _started++)
        {
            _helpers[_started].Start();
        }
        lock (_lock)
        {
            _body = body;
            _tasks = tasks;
            _next = 0;
            _open = true;
            _round++;
            Monitor.PulseAll(_lock);
        }
        Work(body);
        ExceptionDispatchInfo? failure;
        lock (_lock)
        {
            _open = false;
            while (_joined > 0)
            {
                Monitor.Wait(_lock);
            }
            failure = _failure;
            _failure = null;
            _body = null;
        }
        failure?.Throw();
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _round++;
            Monitor.PulseAll(_lock);
        }
        for (int i = 0; i < _started; i++)
        {
            _helpers[i].Join();
        }
    }

    private void Help()
    {
        for (int seen = 0; ;)
        {
            SpinWait spin = default;
            for (int look = 0; look < Looks && _round == seen; look++)
            {
                spin.SpinOnce(sleep1Threshold: -1);
            }
            Action<int> body;
            lock (_lock)
            {
                while (_round == seen)
                {
                    Monitor.Wait(_lock);
                }
                seen = _round;
                if (_disposed)
                {
                    return;
                }
                if (!_open)
                {
                    continue;
                }
                body = _body!;
                _joined++;
            }
            Work(body);
            lock (_lock)
            {
                if (--_joined == 0)
                {
                    Monitor.PulseAll(_lock);
                }
            }
        }
    }

    private void Work(Action<int> body)
    {
        try
        {
            for (int task; (task = Interlocked.Increment(ref _next) - 1) < _tasks;)
            {
                body(task);
            }
        }
        catch (Exception thrown)
        {
            lock (_lock)
            {
                _failure ??= ExceptionDispatchInfo.Capture(thrown);
                _next = _tasks;
            }
        }
    }
}
