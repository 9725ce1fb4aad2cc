// SPDX-License-Identifier: MIT
using MLNetExtensions.Quantization;
using MLNetExtensions.Quantization.Solvers;

namespace MLNetExtensions.Quantization.Tests.Solvers;

public sealed class GroupQuantizerTests
{
    private static float[] Gaussian(int count, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))];
    }

    public static TheoryData<string> Layouts => ["tensor", "channels 0", "channels 1", "channels middle", "blocks last", "blocks first", "blocks middle, ragged"];

    private static GroupLayout Layout(string name) => name switch
    {
        "tensor" => GroupLayout.PerTensor(6 * 10 * 7),
        "channels 0" => GroupLayout.PerChannel(1, 6, 70),
        "channels 1" => GroupLayout.PerChannel(60, 7, 1),
        "channels middle" => GroupLayout.PerChannel(6, 10, 7),
        "blocks last" => GroupLayout.Blocks(60, 7, 1, 7),
        "blocks first" => GroupLayout.Blocks(1, 6, 70, 2),
        _ => GroupLayout.Blocks(6, 10, 7, 4),
    };

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Every_weight_belongs_to_the_group_whose_index_the_scale_tensor_has(string name)
    {
        GroupLayout layout = Layout(name);
        float[] weights = Gaussian(layout.Count, 3);

        QuantizedTensor tensor = GroupQuantizer.Quantize(weights, layout, QuantizationForm.Asymmetric, ScaleSolvers.MaxAbs);

        double error = 0;
        for (int o = 0; o < layout.Outer; o++)
        {
            for (int a = 0; a < layout.Axis; a++)
            {
                for (int i = 0; i < layout.Inner; i++)
                {
                    int blocks = layout.BlockSize == 0 ? 0 : (layout.Axis + layout.BlockSize - 1) / layout.BlockSize;
                    int index = layout.BlockSize == 0 ? a : (((o * blocks) + (a / layout.BlockSize)) * layout.Inner) + i;
                    int at = (((o * layout.Axis) + a) * layout.Inner) + i;
                    QuantizedGroup group = tensor.Groups[index];
                    double difference = weights[at] - ((tensor.Codes[at] - group.ZeroPoint) * group.Scale);
                    Assert.True(Math.Abs(difference) <= 0.51 * group.Scale + 1e-6);
                    error += difference * difference;
                }
            }
        }
        Assert.Equal(error, tensor.SquaredError, 1e-4 * error);
        Assert.Equal(weights.Sum(w => (double)w * w), tensor.SquaredWeights, 1e-6);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Thread_count_does_not_change_a_byte(int threads)
    {
        float[] weights = Gaussian(300 * 257, 5);
        GroupLayout layout = GroupLayout.Blocks(300, 257, 1, 32);

        QuantizedTensor expected = GroupQuantizer.Quantize(weights, layout, QuantizationForm.Symmetric, ScaleSolvers.Exact, new() { Threads = 1 });
        QuantizedTensor actual = GroupQuantizer.Quantize(weights, layout, QuantizationForm.Symmetric, ScaleSolvers.Exact, new() { Threads = threads });

        Assert.Equal(expected.Codes, actual.Codes);
        Assert.Equal(expected.Groups, actual.Groups);
        Assert.Equal(expected.SquaredError, actual.SquaredError);
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Thread_count_does_not_change_a_byte_of_any_layout(string name)
    {
        GroupLayout layout = Layout(name);
        float[] weights = Gaussian(layout.Count, 8);
        foreach (QuantizationForm form in Enum.GetValues<QuantizationForm>())
        {
            QuantizedTensor expected = GroupQuantizer.Quantize(weights, layout, form, ScaleSolvers.Exact, new() { Threads = 1 });
            foreach (int threads in (int[])[2, 3, 16])
            {
                QuantizedTensor actual = GroupQuantizer.Quantize(weights, layout, form, ScaleSolvers.Exact, new() { Threads = threads });

                Assert.Equal(expected.Codes, actual.Codes);
                Assert.Equal(expected.Groups, actual.Groups);
                Assert.Equal((expected.SquaredError, expected.SquaredWeights), (actual.SquaredError, actual.SquaredWeights));
            }
        }
    }

    [Fact]
    public void Cancellation_stops_the_work()
    {
        using CancellationTokenSource source = new();
        source.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => GroupQuantizer.Quantize(
            new float[64], GroupLayout.PerTensor(64), QuantizationForm.Symmetric, ScaleSolvers.Exact, new() { CancellationToken = source.Token }));
    }

    [Fact]
    public void Progress_ends_at_the_number_of_groups()
    {
        int last = 0;
        GroupLayout layout = GroupLayout.Blocks(100, 1024, 1, 16);

        GroupQuantizer.Quantize(Gaussian(layout.Count, 1), layout, QuantizationForm.Symmetric, ScaleSolvers.MaxAbs, new() { Threads = 1, Progress = new Last(n => last = n) });

        Assert.Equal(layout.Groups, last);
    }

    [Fact]
    public void A_length_that_the_layout_does_not_have_is_refused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() =>
            GroupQuantizer.Quantize(new float[63], GroupLayout.PerTensor(64), QuantizationForm.Symmetric, ScaleSolvers.Exact));

        Assert.Contains("63 weights", error.Message, StringComparison.Ordinal);
    }

    private sealed class Last(Action<int> action) : IProgress<int>
    {
        public void Report(int value) => action(value);
    }
}
