// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Onnx;

/// <summary>How much a model may ask for while it is read. What exceeds a limit is refused with <see cref="OnnxFormatException"/> before anything is allocated for it.</summary>
public sealed record OnnxLimits
{
    /// <summary>The defaults.</summary>
    public static OnnxLimits Default { get; } = new();

    /// <summary>Bytes of the model file, external data not counted.</summary>
    /// <value>The default is 2 GiB, which is what one protobuf message can hold.</value>
    public long MaxModelBytes { get; init => field = Positive(value); } = 1L << 31;

    /// <summary>Bytes of the model without its tensors' elements.</summary>
    /// <value>The default is 256 MiB.</value>
    public int MaxStructureBytes { get; init => field = Positive(value); } = 1 << 28;

    /// <summary>Estimated memory of the graph once it is decoded, tensors' elements not counted.</summary>
    /// <value>The default is 768 MiB.</value>
    public long MaxDecodedBytes { get; init => field = Positive(value); } = 768L << 20;

    /// <summary>How deep messages may be nested; a subgraph costs three levels.</summary>
    /// <value>The default is 64, the most that is accepted 90.</value>
    public int MaxDepth
    {
        get;
        init => field = value is > 0 and <= 90 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The depth of messages is between 1 and 90.");
    } = 64;

    /// <summary>Bytes of one tensor's elements.</summary>
    /// <value>The default is 64 GiB.</value>
    public long MaxTensorBytes { get; init => field = Positive(value); } = 64L << 30;

    private static long Positive(long value) =>
        value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A limit is positive.");

    private static int Positive(int value) => (int)Positive((long)value);
}
