// SPDX-License-Identifier: MIT
using MLNetExtensions.Networks;
using MLNetExtensions.Networks.Activations;
using MLNetExtensions.Networks.Layers;

namespace MLNetExtensions.Core.Tests.Networks;

public sealed class NetworkTests
{
    [Fact]
    public void A_layer_object_that_occurs_twice_is_refused_however_deep_it_lies()
    {
        var relu = new Activation(3, new Relu());
        var root = new Sequential(new Residual(new Sequential(new Dense(3, 3), relu)), new Dense(3, 3), relu);

        var error = Assert.Throws<ArgumentException>(() => new Network(root));

        Assert.Contains("occurs twice", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Networks_of_one_layer_object_say_that_they_share_it()
    {
        var shared = new Dense(2, 2);
        var first = new Network(new Concat(shared, new Dense(2, 1)));

        Assert.True(first.SharesLayersWith(new Network(shared)));
        Assert.False(first.SharesLayersWith(new Network(new Dense(2, 2))));
    }
}
