// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Onnx.Storage;

/// <summary>Counts bytes written and tells the listener; carries the cancellation along.</summary>
internal sealed class SaveProgress(IProgress<double>? listener, long totalBytes, CancellationToken cancellationToken)
{
    private long _written;

    public CancellationToken CancellationToken => cancellationToken;

    public void Add(long bytes)
    {
        _written += bytes;
        listener?.Report(Math.Min(1, (double)_written / Math.Max(1, totalBytes)));
    }
}
