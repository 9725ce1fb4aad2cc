// SPDX-License-Identifier: MIT
using Microsoft.ML.OnnxRuntime;

namespace Microsoft.ML.StandIn;

/// <summary>Inputs and outputs bound once, so that a run of the model allocates nothing.</summary>
internal sealed class OnnxBoundOutputs : IDisposable
{
    private readonly InferenceSession _session;
    private readonly OrtIoBinding _binding;
    private readonly OrtValue[] _values;

    internal OnnxBoundOutputs(InferenceSession session, string[] inputNames, OnnxFeed[] feeds, OnnxTensor[] outputs)
    {
        _session = session;
        _binding = session.CreateIoBinding();
        for (int i = 0; i < feeds.Length; i++)
        {
            _binding.BindInput(inputNames[i], feeds[i].Value);
        }

        Buffers = [.. outputs.Select(o => Array.CreateInstance(o.Item.RawType, o.KnownLength))];
        _values = [.. outputs.Select((o, i) => RowGetters.Call<OrtValue>(typeof(OnnxValues), null, nameof(OnnxValues.Over), [o.Item.RawType], Buffers[i], o.Shape))];
        for (int i = 0; i < outputs.Length; i++)
        {
            _binding.BindOutput(outputs[i].Name, _values[i]);
        }
    }

    /// <summary>The arrays that the outputs are written into.</summary>
    internal Array[] Buffers { get; }

    internal void Run(RunOptions options) => _session.RunWithBinding(options, _binding);

    public void Dispose()
    {
        _binding.Dispose();
        Array.ForEach(_values, v => v.Dispose());
    }
}
