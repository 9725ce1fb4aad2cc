// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx.Storage;

namespace MLNetExtensions.Onnx.Wire;

/// <summary>Reads a byte source through a window, so that what is skipped is never read.</summary>
internal sealed class WireReader(ByteSource source)
{
    private readonly byte[] _window = new byte[1 << 14];
    private long _start;
    private int _length;

    public long Position { get; set; }

    /// <summary>The byte at the position, which the caller knows to lie within the source.</summary>
    public byte ReadByte()
    {
        if (Position < _start || Position >= _start + _length)
        {
            Fill();
        }
        return _window[Position++ - _start];
    }

    /// <summary>Copies the next bytes, which the caller knows to lie within the source.</summary>
    public void Read(Span<byte> destination)
    {
        if (destination.Length > _window.Length)
        {
            source.Read(Position, destination);
            Position += destination.Length;
            return;
        }
        if (Position < _start || Position + destination.Length > _start + _length)
        {
            Fill();
        }
        _window.AsSpan((int)(Position - _start), destination.Length).CopyTo(destination);
        Position += destination.Length;
    }

    private void Fill()
    {
        _start = Position;
        _length = (int)Math.Min(_window.Length, source.Length - Position);
        source.Read(_start, _window.AsSpan(0, _length));
    }
}
