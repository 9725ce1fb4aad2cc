// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx;

namespace MLNetExtensions.Networks.Layers;

/// <summary>Writes a <see cref="Gru"/> as ONNX's operator of that name, one for each level.</summary>
internal static class GruExport
{
    public static string Write(OnnxGraphBuilder graph, string input, IReadOnlyList<GruCell> cells, ReadOnlySpan<float> parameters, int hidden, int steps, GruOutput output)
    {
        string none = "", sequence = Repeat(graph, input, steps);
        for (int level = 0; level < cells.Count; level++)
        {
            var cell = cells[level];
            int length = cell.Parameters.Sum(tensor => tensor.Length);
            string[] inputs = [sequence, .. Parameters(graph, cell, parameters[..length], hidden)];
            parameters = parameters[length..];
            bool last = level == cells.Count - 1 && output == GruOutput.LastStep;
            string result = graph.UniqueName("gru");
            graph.Node("GRU", inputs, last ? [none, result] : [result], new Dictionary<string, object> { ["hidden_size"] = (long)hidden, ["linear_before_reset"] = 1L });

            // Steps x directions x N x hidden, or without steps for the last state: there is one direction.
            sequence = graph.Node("Squeeze", [result, graph.Initializer(graph.UniqueName("axis"), [1], [last ? 0L : 1L])]);
        }
        if (output == GruOutput.LastStep)
        {
            return sequence;
        }
        string byRow = graph.Node("Transpose", [sequence], attributes: new Dictionary<string, object> { ["perm"] = new long[] { 1, 0, 2 } });
        return graph.Node("Reshape", [byRow, graph.Initializer(graph.UniqueName("shape"), [2], [-1L, (long)steps * hidden])]);
    }

    // Steps x N x inputs, the same at each step.
    private static string Repeat(OnnxGraphBuilder graph, string input, int steps)
    {
        string once = graph.Node("Unsqueeze", [input, graph.Initializer(graph.UniqueName("axis"), [1], [0L])]);
        return graph.Node("Expand", [once, graph.Initializer(graph.UniqueName("steps"), [3], [steps, 1L, 1L])]);
    }

    private static string[] Parameters(OnnxGraphBuilder graph, GruCell cell, ReadOnlySpan<float> parameters, int hidden)
    {
        int inputs = cell.Parameters[0].Dimensions[0];
        float[] biases = new float[6 * hidden];
        parameters[cell.Bias].CopyTo(biases);
        parameters[cell.CandidateBias].CopyTo(biases.AsSpan(5 * hidden));
        return
        [
            graph.Initializer(graph.UniqueName("input_weight"), [1, 3 * hidden, inputs], Transpose(parameters[cell.InputWeight], inputs)),
            graph.Initializer(graph.UniqueName("hidden_weight"), [1, 3 * hidden, hidden], Transpose(parameters[cell.HiddenWeight], hidden)),
            graph.Initializer(graph.UniqueName("bias"), [1, 6 * hidden], biases),
        ];
    }

    private static float[] Transpose(ReadOnlySpan<float> matrix, int rows)
    {
        int columns = matrix.Length / rows;
        float[] result = new float[matrix.Length];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                result[(j * rows) + i] = matrix[(i * columns) + j];
            }
        }
        return result;
    }
}
