// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MLNetExtensions.Conformance.Tests.Environment;

public class LogTests
{
    [Fact]
    public void What_is_sent_to_a_channel_arrives_at_the_log()
    {
        var context = new MLContext(1);
        var seen = new List<LoggingEventArgs>();
        context.Log += (_, message) =>
        {
            if (message.Source == "MyTrainer")
            {
                seen.Add(message);
            }
        };
        using (IChannel channel = ((IHostEnvironment)context).Start("MyTrainer"))
        {
            channel.Trace(MessageSensitivity.None, "hello {0}", 1);
            channel.Warning(MessageSensitivity.None, "careful");
        }

        Assert.Equal("[Source=MyTrainer, Kind=Trace] Channel started", seen[0].Message);
        Assert.Equal("[Source=MyTrainer, Kind=Trace] hello 1", seen[1].Message);
        Assert.Equal((ChannelMessageKind.Warning, "careful"), (seen[2].Kind, seen[2].RawMessage));
        Assert.StartsWith("[Source=MyTrainer, Kind=Trace] Channel finished. Elapsed 00:00:0", seen[3].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_registered_host_signs_with_its_name()
    {
        var context = new MLContext(1);
        var sources = new List<string>();
        context.Log += (_, message) => sources.Add(message.Source);
        ((IHostEnvironment)context).Register("Foo").Start("Bar").Dispose();
        Assert.All(sources, s => Assert.Equal("Foo; Bar", s));
        Assert.NotEmpty(sources);
    }

    [Fact]
    public void Hosts_of_contexts_with_one_seed_draw_the_same()
    {
        static int Draw(int seed) => ((IHostEnvironment)new MLContext(seed)).Register("a").Rand.Next();
        Assert.Equal(Draw(1), Draw(1));
        Assert.NotEqual(Draw(1), Draw(2));
    }

    [Fact]
    public void A_context_is_an_environment()
    {
        Assert.IsAssignableFrom<IHostEnvironment>(new MLContext());
        Assert.IsAssignableFrom<IChannelProvider>(new MLContext());
        Assert.IsAssignableFrom<IExceptionContext>(new MLContext());
        Assert.IsAssignableFrom<IProgressChannelProvider>(new MLContext());
    }
}
