// SPDX-License-Identifier: MIT
using Google.Protobuf;
using MLNetExtensions.Onnx.Protobuf;
using MLNetExtensions.Onnx.Storage;
using MLNetExtensions.Onnx.Wire;

namespace MLNetExtensions.Onnx;

public sealed partial class OnnxModel
{
    /// <summary>The elements of a tensor, wherever they are: raw or typed, in the message, left in the model's file, or in a file beside it.</summary>
    /// <param name="tensor">A tensor of this model, of any type but STRING.</param>
    /// <exception cref="OnnxFormatException">The elements are missing or do not agree with shape and type.</exception>
    /// <exception cref="ArgumentException">The tensor holds strings; those stand in <see cref="TensorProto.StringData"/>.</exception>
    public TensorData DataOf(TensorProto tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        long needed = TensorElements.ByteLength(tensor, WhereIs(tensor));
        if (needed > _limits.MaxTensorBytes)
        {
            throw new OnnxFormatException(WhereIs(tensor), $"it has {needed} bytes; at most {_limits.MaxTensorBytes} are accepted (OnnxLimits.MaxTensorBytes)");
        }
        if (tensor.Segment is not null)
        {
            throw new OnnxFormatException(WhereIs(tensor), "it is a segment of a tensor, which ONNX readers do not support");
        }
        if (IsExternal(tensor))
        {
            return _external.DataOf(tensor, needed, WhereIs(tensor));
        }
        var parked = _parked.Of(tensor);
        if (Array.Find(parked, field => field.Number == TensorProto.RawDataFieldNumber) is { } raw)
        {
            return Checked(raw.Data, needed, tensor);
        }
        int typedField = TypedFields.FieldOf(tensor.DataType);
        if (Array.Find(parked, field => field.Number == typedField) is { } typed)
        {
            return FromParked(tensor, typed, needed);
        }
        return tensor.RawData.Length > 0 || TypedFields.CountOf(tensor) == 0
            ? Checked(TensorData.FromBytes(tensor.RawData.Memory), needed, tensor)
            : Checked(TensorData.FromBytes(TypedFields.ToRaw(tensor)), needed, tensor);
    }

    /// <summary>Gives a tensor new elements, in place of those that it had in whatever form.</summary>
    /// <param name="tensor">A tensor of this model, its shape and type already as they are to be.</param>
    /// <param name="data">The elements as <c>raw_data</c>; they are read when the model is saved and have to stay readable until then.</param>
    /// <exception cref="ArgumentException">The number of bytes does not agree with the tensor's shape and type.</exception>
    public void SetData(TensorProto tensor, TensorData data)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        ArgumentNullException.ThrowIfNull(data);
        long needed = TensorElements.ByteLength(tensor, WhereIs(tensor));
        if (data.ByteLength != needed)
        {
            throw new ArgumentException($"Tensor '{tensor.Name}' of shape [{string.Join(", ", tensor.Dims)}] and type {TensorTypes.NameOf(tensor.DataType)} takes {needed} bytes; {data.ByteLength} were given.", nameof(data));
        }
        ClearElements(tensor);
        if (needed <= TensorLayout.InlineBytes)
        {
            tensor.RawData = UnsafeByteOperations.UnsafeWrap(data.ToArray());
        }
        else
        {
            tensor.Parked = _parked.Add(new ParkedField(TensorProto.RawDataFieldNumber, [data]));
        }
    }

    internal static void ClearElements(TensorProto tensor)
    {
        tensor.ClearRawData();
        tensor.ClearParked();
        tensor.ClearDataLocation();
        tensor.ExternalData.Clear();
        tensor.FloatData.Clear();
        tensor.DoubleData.Clear();
        tensor.Int32Data.Clear();
        tensor.Int64Data.Clear();
        tensor.Uint64Data.Clear();
        tensor.StringData.Clear();
        tensor.Segment = null;
    }

    private TensorData ExternalDataOf(TensorProto tensor) => tensor.DataType == (int)TensorProto.Types.DataType.String
        ? throw new OnnxFormatException(WhereIs(tensor), "it holds strings, which can't be external data")
        : DataOf(tensor);

    private TensorData FromParked(TensorProto tensor, ParkedField typed, long needed)
    {
        if (typed.Number is TensorProto.FloatDataFieldNumber or TensorProto.DoubleDataFieldNumber)
        {
            return Checked(typed.Data, needed, tensor);
        }
        lock (_lock)
        {
            if (!_decoded.TryGetValue(tensor.Parked, out var decoded))
            {
                int entryBytes = TypedFields.EntryBytes(tensor.DataType);
                if (needed / entryBytes > typed.ByteLength)
                {
                    throw new OnnxFormatException(WhereIs(tensor), $"its shape takes {needed / entryBytes} values; {typed.ByteLength} bytes are too few for them");
                }
                decoded = PackedVarints.Decode(typed.Data, entryBytes, needed / entryBytes, _spool, WhereIs(tensor));
                _decoded.Add(tensor.Parked, decoded);
            }
            return Checked(decoded, needed, tensor);
        }
    }

    private TensorData Checked(TensorData data, long needed, TensorProto tensor) => data.ByteLength == needed
        ? data
        : throw new OnnxFormatException(WhereIs(tensor), $"it holds {data.ByteLength} bytes; shape [{string.Join(", ", tensor.Dims)}] of {TensorTypes.NameOf(tensor.DataType)} takes {needed}");

    private string WhereIs(TensorProto tensor) => $"{Where}, tensor '{tensor.Name}'";
}
