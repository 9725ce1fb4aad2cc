// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx.Protobuf;

namespace MLNetExtensions.Onnx.Storage;

/// <summary>What a model's tensors left behind, by the number that <see cref="TensorProto.Parked"/> carries. The number names the model too, so that a tensor moved to another model is noticed.</summary>
internal sealed class ParkedTensors
{
    private static int _models;
    private readonly ulong _model = (ulong)(uint)Interlocked.Increment(ref _models) << 32;
    private readonly List<ParkedField[]> _entries = [];
    private readonly Lock _lock = new();

    public ulong Add(params ParkedField[] fields)
    {
        lock (_lock)
        {
            _entries.Add(fields);
            return _model | (uint)(_entries.Count - 1);
        }
    }

    /// <summary>The fields that a tensor left behind; none if it holds everything itself.</summary>
    public ParkedField[] Of(TensorProto tensor)
    {
        if (!tensor.HasParked)
        {
            return [];
        }
        return Holds(tensor.Parked)
            ? At(tensor.Parked)
            : throw new InvalidOperationException($"Tensor '{tensor.Name}' belongs to another model, which still holds its elements. After moving it call SetData(tensor, other.DataOf(tensor)).");
    }

    /// <summary>The fields under a number that is known to be this model's.</summary>
    public ParkedField[] At(ulong number)
    {
        lock (_lock)
        {
            return _entries[(int)(uint)number];
        }
    }

    private bool Holds(ulong number)
    {
        lock (_lock)
        {
            return (number & ~(ulong)uint.MaxValue) == _model && (uint)number < _entries.Count;
        }
    }
}
