// SPDX-License-Identifier: MIT
using MLNetExtensions.Benchmarks.Data;
using MLNetExtensions.Onnx;
using MLNetExtensions.Onnx.Running;

namespace MLNetExtensions.Benchmarks.Quantization;

/// <summary>The logits of a network for all images, and how often the largest is that of the digit.</summary>
/// <param name="Logits">Ten for each image.</param>
/// <param name="Accuracy">The fraction of images recognised.</param>
internal sealed record AttentionRun(float[] Logits, double Accuracy)
{
    public const string LogitsName = "model/dense_1/BiasAdd:0";
    private const int Classes = 10;

    public static AttentionRun Of(OnnxModel model, MnistImages images)
    {
        using var session = OnnxSession.Open(model.ToBytes(), new OnnxSessionSettings { IntraOpThreads = 1 });
        TensorBuffer<float> input = new(session.Inputs[0].Name, session.Inputs[0].Dimensions, 1, batched: false);
        float[] logits = new float[images.Pixels.Length * Classes];
        int right = 0;
        for (int i = 0; i < images.Pixels.Length; i++)
        {
            images.Pixels[i].CopyTo(input.Elements);
            var output = (TensorBuffer<float>)session.RunOnce([input], [LogitsName])[0];
            output.Elements.CopyTo(logits.AsSpan(i * Classes));
            right += System.Numerics.Tensors.TensorPrimitives.IndexOfMax<float>(output.Elements) == images.Labels[i] ? 1 : 0;
        }
        return new(logits, (double)right / images.Pixels.Length);
    }

    /// <summary>The signal-to-noise ratio of these logits against the true ones, in decibels.</summary>
    public double SignalToNoise(AttentionRun truth)
    {
        double signal = 0, noise = 0;
        for (int i = 0; i < Logits.Length; i++)
        {
            double difference = (double)Logits[i] - truth.Logits[i];
            signal += (double)truth.Logits[i] * truth.Logits[i];
            noise += difference * difference;
        }
        return 10 * Math.Log10(signal / noise);
    }
}
