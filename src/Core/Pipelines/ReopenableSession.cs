// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx.Running;

namespace MLNetExtensions.Pipelines;

/// <summary>A session that many cursors share, that can be closed to free its memory, and that opens again when somebody needs it.</summary>
/// <remarks>A prediction engine disposes the transformer that it was made from. Whoever still holds that transformer goes on scoring.</remarks>
internal sealed class ReopenableSession(OnnxModelSource source, OnnxSessionSettings settings)
{
    private readonly Lock _lock = new();
    private OnnxSession? _session;
    private int _leases;
    private bool _closeWhenFree;

    public OnnxModelSource Source => source;

    public Lease Acquire()
    {
        lock (_lock)
        {
            _session ??= source.Open(settings);
            _leases++;
            return new Lease(this, _session);
        }
    }

    /// <summary>Frees the session as soon as nobody runs it.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closeWhenFree = true;
            CloseIfFree();
        }
    }

    private void Release()
    {
        lock (_lock)
        {
            _leases--;
            CloseIfFree();
        }
    }

    private void CloseIfFree()
    {
        if (_closeWhenFree && _leases == 0)
        {
            _session?.Dispose();
            _session = null;
            _closeWhenFree = false;
        }
    }

    /// <summary>Keeps the session open until it is disposed.</summary>
    public sealed class Lease(ReopenableSession owner, OnnxSession session) : IDisposable
    {
        private ReopenableSession? _owner = owner;

        public OnnxSession Session => session;

        public void Dispose() => Interlocked.Exchange(ref _owner, null)?.Release();
    }
}
