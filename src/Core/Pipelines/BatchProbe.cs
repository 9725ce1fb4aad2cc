// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx.Running;

namespace MLNetExtensions.Pipelines;

/// <summary>Runs a model on a few made-up rows to learn the shapes of its outputs, and whether rows scored together get the scores they get alone.</summary>
/// <remarks>
/// A shape does not tell it: the first dimension may be open for another reason, or an operator may mix rows (a softmax over them,
/// a quantization whose scale comes from the whole batch). Such models are scored one row at a time, as ML.NET does.
/// </remarks>
internal sealed class BatchProbe
{
    private const int Rows = 3;

    // Far above what a different order of additions does, far below what mixing rows does.
    private const double Tolerance = 1e-4;

    private readonly OnnxSession _session;
    private readonly IReadOnlyList<(OnnxTensorInfo Info, long[] Shape)> _inputs;
    private readonly string[] _outputs;

    private BatchProbe(OnnxSession session, IReadOnlyList<(OnnxTensorInfo Info, long[] Shape)> inputs, string[] outputs)
    {
        _session = session;
        _inputs = inputs;
        _outputs = outputs;
    }

    /// <summary>The shapes of the outputs for one row (without the batch dimension when rows can be batched), and whether they can.</summary>
    public static (bool CanBatch, IReadOnlyList<long[]> OutputShapes) Run(
        OnnxSession session, IReadOnlyList<(OnnxTensorInfo Info, long[] Shape)> inputs, IReadOnlyList<string> outputs, bool batchesWanted)
    {
        var probe = new BatchProbe(session, inputs, [.. outputs]);
        var singles = probe.RunSingles();
        bool open = batchesWanted && inputs.Count > 0 && inputs.All(input => input.Info.LeadingDimensionIsOpen)
            && singles[0].All(output => output.RowShape.Count > 0 && output.RowShape[0] == 1);
        bool canBatch = open && probe.BatchAgrees(singles);
        return (canBatch, [.. singles[0].Select(output => canBatch ? output.RowShape.Skip(1).ToArray() : [.. output.RowShape])]);
    }

    private List<IReadOnlyList<TensorBuffer>> RunSingles()
    {
        try
        {
            return [.. Enumerable.Range(0, Rows).Select(row => RunRow(row, varied: true))];
        }
        catch (OnnxSessionException)
        {
            // Some inputs mean something and can't be made up (a sampling rate, an index): zeros are the safest guess.
            return [RunRow(0, varied: false)];
        }
    }

    private bool BatchAgrees(List<IReadOnlyList<TensorBuffer>> singles)
    {
        var inputs = _inputs.Select(input => TensorBuffer.Create(input.Info.Name, input.Info.ElementType, input.Shape[1..], Rows, batched: true)).ToArray();
        foreach (var input in inputs)
        {
            for (int row = 0; row < Rows; row++)
            {
                ProbeValues.Fill(input, row, singles.Count == Rows ? row : -1);
            }
        }
        IReadOnlyList<TensorBuffer> together;
        try
        {
            together = _session.RunOnce(inputs, _outputs, Rows);
        }
        catch (OnnxSessionException)
        {
            return false;
        }
        for (int output = 0; output < _outputs.Length; output++)
        {
            if (!together[output].RowShape.SequenceEqual(singles[0][output].RowShape.Skip(1).Prepend(Rows)))
            {
                return false;
            }
            for (int row = 0; row < Rows; row++)
            {
                var alone = singles[singles.Count == Rows ? row : 0][output];
                if (!ProbeValues.AreClose(together[output], row, alone, Tolerance))
                {
                    return false;
                }
            }
        }
        return true;
    }

    private IReadOnlyList<TensorBuffer> RunRow(int row, bool varied)
    {
        var buffers = _inputs.Select(input => TensorBuffer.Create(input.Info.Name, input.Info.ElementType, input.Shape, 1, batched: false)).ToArray();
        foreach (var buffer in buffers)
        {
            ProbeValues.Fill(buffer, 0, varied ? row : -1);
        }
        return _session.RunOnce(buffers, _outputs);
    }
}
