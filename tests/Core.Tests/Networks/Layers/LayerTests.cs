// SPDX-License-Identifier: MIT
using MLNetExtensions.Networks;
using MLNetExtensions.Networks.Activations;
using MLNetExtensions.Networks.Layers;
using MLNetExtensions.Networks.Losses;
using MLNetExtensions.Numerics;

namespace MLNetExtensions.Core.Tests.Networks.Layers;

public sealed class LayerTests
{
    // Every layer there is, in one network of 12 inputs and 3 outputs.
    private static Network Everything() => new(new Sequential(
        new Concat(new Gru(12, 10, 3, 2), new Gru(12, 4, 2, output: GruOutput.AllSteps), new Identity(12)),
        new Residual(new Sequential(new LayerNorm(30), new Dense(30, 20), new Activation(20, new Gelu()), new Dropout(20, 0.25f), new Dense(20, 30))),
        new Residual(new Dense(30, 16), new Dense(30, 16, bias: false)),
        new Activation(16, new Relu()), new Dense(16, 8), new Activation(8, new Tanh()), new Dense(8, 3), new Activation(3, new Sigmoid())));

    [Fact]
    public void Nothing_is_allocated_after_the_first_step()
    {
        var network = Everything();
        float[] parameters = network.Initialize(1), gradient = new float[parameters.Length];
        var random = new RandomStream(1);
        var input = new DenseMatrix(17, 12);
        random.FillNormal(input.Values, 1);
        DenseMatrix targets = new(17, 1), scoreGradient = new(0, 3);
        var loss = new SoftmaxCrossEntropy();
        Step();

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int step = 0; step < 20; step++)
        {
            // Smaller batches, as the last of an epoch, need no new buffers either.
            input.Resize(17 - step % 3);
            targets.Resize(input.Rows);
            Step();
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Step()
        {
            var scores = network.Forward(parameters, input, new LayerPass(random));
            loss.Evaluate(scores, targets, [], scoreGradient);
            network.Backward(parameters, scoreGradient, gradient);
        }
    }

    [Fact]
    public void Threads_change_no_bit()
    {
        Assert.Equal(Gradient(threads: 1), Gradient(threads: 4));

        static float[] Gradient(int threads)
        {
            var network = new Network(new Sequential(new Gru(40, 64, 3), new LayerNorm(64), new Dense(64, 96), new Activation(96, new Relu()), new Dense(96, 10)));
            float[] parameters = network.Initialize(1), gradient = new float[parameters.Length];
            var input = new DenseMatrix(257, 40);
            new RandomStream(8).FillNormal(input.Values, 1);
            var scores = network.Forward(parameters, input, new LayerPass(new RandomStream(1), threads));
            var scoreGradient = new DenseMatrix(0, 10);
            new SoftmaxCrossEntropy().Evaluate(scores, new DenseMatrix(257, 1), [], scoreGradient);
            network.Backward(parameters, scoreGradient, gradient);
            return gradient;
        }
    }

    [Fact]
    public void Replicas_on_one_parameter_vector_compute_the_same()
    {
        Network first = Everything(), second = Everything();
        float[] parameters = first.Initialize(4);
        var input = new DenseMatrix(5, 12);
        new RandomStream(2).FillNormal(input.Values, 1);

        Assert.Equal(parameters, second.Initialize(4));
        Assert.NotEqual(parameters, second.Initialize(5));
        Assert.Equal(first.Forward(parameters, input, new LayerPass(new RandomStream(3))).Values.ToArray(), second.Forward(parameters, input, new LayerPass(new RandomStream(3))).Values.ToArray());
    }

    [Theory]
    [InlineData(0.1f)]
    [InlineData(0.5f)]
    [InlineData(0.9f)]
    public void Dropout_drops_its_part_and_keeps_the_mean(float rate)
    {
        const int Rows = 200, Size = 501;
        var dropout = new Dropout(Size, rate);
        var input = new DenseMatrix(Rows, Size);
        input.Values.Fill(2);
        float[] output = dropout.Forward([], input, new LayerPass(new RandomStream(6))).Values.ToArray();

        int dropped = output.Count(value => value == 0);
        // Five standard deviations of the number that is dropped.
        double deviation = Math.Sqrt(Rows * Size * rate * (1 - rate));
        Assert.Equal(rate * Rows * Size, dropped, 5 * deviation);
        Assert.All(output, value => Assert.True(value == 0 || Math.Abs(value - (2 / (1 - rate))) < 1e-5f));
        Assert.NotEqual(output, dropout.Forward([], input, new LayerPass(new RandomStream(7))).Values.ToArray());
        Assert.Same(input, dropout.Forward([], input, LayerPass.Scoring));
    }

    [Fact]
    public void Parameters_are_laid_out_in_the_order_of_their_names()
    {
        var network = new Network(new Sequential(new Dense(2, 3), new Residual(new LayerNorm(3)), new Gru(3, 2, 2)));

        Assert.Equal(
            ["0.weight", "0.bias", "1.0.scale", "1.0.shift", "2.0.input_weight", "2.0.hidden_weight", "2.0.bias", "2.0.candidate_bias"],
            network.Parameters.Select(tensor => tensor.Name));
        Assert.Equal(6 + 3 + 3 + 3 + (3 * 6) + (2 * 6) + 6 + 2, network.ParameterCount);
        Assert.Equal(["0.weight", "2.0.input_weight", "2.0.hidden_weight"], network.Parameters.Where(tensor => tensor.Decays).Select(tensor => tensor.Name));
        float[] parameters = network.Initialize(1);
        Assert.Equal([0, 0, 0, 1, 1, 1, 0, 0, 0], parameters[6..15]);
        Assert.All(parameters[..6], value => Assert.InRange(Math.Abs(value), float.Epsilon, MathF.Sqrt(6f / 5)));
    }

    [Fact]
    public void A_sequence_begins_with_variances_that_neither_grow_nor_shrink()
    {
        var network = NetworkSpec.Mlp(300, 300, 300, 300).Build(300, 300);
        var input = new DenseMatrix(200, 300);
        new RandomStream(2).FillNormal(input.Values, 1);

        var output = network.Forward(network.Initialize(1), input, LayerPass.Scoring).Values;

        double square = 0;
        foreach (float value in output)
        {
            square += value * value;
        }
        // He's variance keeps the second moment through the hidden layers; the output layer has Glorot's, half of it.
        Assert.InRange(square / output.Length, 0.7, 1.4);
    }

    [Fact]
    public void A_network_of_the_wrong_form_is_refused()
    {
        Refuses("Layer 1 (Dense) takes rows of 4 values, and the one before it gives 3.", () => new Sequential(new Dense(2, 3), new Dense(4, 1)));
        Refuses("A composition needs at least one layer", () => new Sequential());
        Refuses("A composition needs at least one layer", () => new Concat(new Identity(2), null!));
        var shared = new Dense(2, 2);
        Refuses("One layer object occurs twice.", () => new Sequential(shared, shared));
        Refuses("Branch 1 (Identity) takes rows of 3 values, and the first one rows of 2.", () => new Concat(new Identity(2), new Identity(3)));
        Refuses("The layer makes rows of 3 values from rows of 2, so they can't be added.", () => new Residual(new Dense(2, 3)));
        Refuses("The shortcut maps 2 values to 2, and the layer 2 to 3.", () => new Residual(new Dense(2, 3), new Dense(2, 2)));
        Refuses("A perceptron needs at least one hidden layer", () => NetworkSpec.Mlp());
        Refuses("A perceptron needs at least one hidden layer", () => NetworkSpec.Mlp(3, 0));
        Refuses("The part that is dropped must lie in [0, 1).", () => NetworkSpec.Mlp([3], new Relu(), dropout: 1));
        Refuses("The part that is dropped must lie in [0, 1).", () => new Dropout(3, float.NaN));
        Refuses("What is added to the variance must be positive.", () => new LayerNorm(3, epsilon: 0));
        Refuses("There is no such output.", () => new Gru(1, 1, 1, 1, (GruOutput)7));
        Refuses("hidden", () => new Gru(1, 0, 1));

        var network = NetworkSpec.Mlp(3).Build(2, 1);
        Refuses("The vector has 1 values; the network has 13 parameters.", () => network.Forward(new float[1], new DenseMatrix(1, 2), LayerPass.Scoring));
        Refuses("The rows have 3 values; the network takes 2.", () => network.Forward(new float[13], new DenseMatrix(1, 3), LayerPass.Scoring));
        Assert.StartsWith("The vector has 2 values; the network has 13 parameters.",
            Assert.Throws<ArgumentException>(() => network.Backward(new float[13], new DenseMatrix(1, 1), new float[2])).Message, StringComparison.Ordinal);
        Assert.StartsWith("The network maps 2 values to 5; 2 to 1 are needed.",
            Assert.Throws<InvalidOperationException>(() => NetworkSpec.Of((inputs, _) => new Dense(inputs, 5)).Build(2, 1)).Message, StringComparison.Ordinal);

        static void Refuses(string message, Func<object> make) => Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(make).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_specification_tells_what_it_builds()
    {
        Assert.Equal("MLP 256-128 Relu", NetworkSpec.Mlp(256, 128).ToString());
        Assert.Equal("MLP 64 Gelu, dropout 0.1", NetworkSpec.Mlp([64], new Gelu(), 0.1f).Description);
        Assert.Equal("custom", NetworkSpec.Of((inputs, outputs) => new Dense(inputs, outputs)).Description);
    }
}
