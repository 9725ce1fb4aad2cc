// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Onnx;

/// <summary>How <see cref="OnnxModel.Save"/> writes a model.</summary>
public sealed record OnnxSaveOptions
{
    /// <summary>When tensors go to a file of their own beside the model.</summary>
    /// <value>The default is <see cref="ExternalDataUse.WhenLarge"/>.</value>
    public ExternalDataUse ExternalData { get; init; } = ExternalDataUse.WhenLarge;

    /// <summary>The size of a single file above which <see cref="ExternalDataUse.WhenLarge"/> uses a file of its own.</summary>
    /// <value>The default is 1.5 GiB; the most is 2 GiB - 1, the size of a protobuf message.</value>
    public long ExternalDataThreshold
    {
        get;
        init => field = value is >= 0 and <= int.MaxValue
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The threshold is between 0 and 2 GiB - 1, the most that one protobuf message can hold.");
    } = 3L << 29;

    /// <summary>The name, without folder, of the file for external data.</summary>
    /// <value>The default, null, is the model's file name followed by <c>.data</c>.</value>
    public string? ExternalDataFileName
    {
        get;
        init => field = value is null || (value.Length > 0 && Path.GetFileName(value) == value && value is not ("." or ".."))
            ? value
            : throw new ArgumentException($"'{value}' is not a plain file name; external data lie in the model's own folder.", nameof(value));
    }

    /// <summary>Told the fraction written, 0 to 1.</summary>
    /// <value>The default is null.</value>
    public IProgress<double>? Progress { get; init; }

    /// <summary>Stops the save; files are left as they were.</summary>
    /// <value>The default never stops it.</value>
    public CancellationToken CancellationToken { get; init; }
}
