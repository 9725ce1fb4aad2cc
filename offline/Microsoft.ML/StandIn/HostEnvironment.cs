// SPDX-License-Identifier: MIT
using Microsoft.ML.Runtime;

namespace Microsoft.ML.StandIn;

/// <summary>The environment behind a context, and those registered in it.</summary>
internal sealed class HostEnvironment : IHost
{
    private readonly Action<ChannelMessage, string> _sink;
    private readonly string _name;

    internal HostEnvironment(int? seed, ComponentCatalog catalog, Action<ChannelMessage, string> sink, string name = null)
    {
        _sink = sink;
        _name = name;
        ComponentCatalog = catalog;
        Seed = seed;
        Rand = seed is int value ? new Random(value) : new Random();
    }

    public ComponentCatalog ComponentCatalog { get; }

    /// <summary>The seed that the context was given.</summary>
    internal int? Seed { get; }

    public Random Rand { get; }

    public string ContextDescription => _name ?? "HostEnvironment";

    public IHost Register(string name, int? seed = null, bool? verbose = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        lock (Rand)
        {
            return new HostEnvironment(seed ?? Rand.Next(), ComponentCatalog, _sink, name);
        }
    }

    public IChannel Start(string name) => new Channel(this, FullName(name));

    public IPipe<TMessage> StartPipe<TMessage>(string name) => new Pipe<TMessage>(this, FullName(name));

    public IProgressChannel StartProgressChannel(string name) => new ProgressChannel(this, FullName(name));

    public TException Process<TException>(TException ex)
        where TException : Exception
    {
        if (ex is not null)
        {
            ex.Data["Throwing component"] = ContextDescription;
        }

        return ex;
    }

    internal void Dispatch(ChannelMessage message, string source) => _sink(message, source);

    private string FullName(string name) => _name is null ? name : $"{_name}; {name}";
}
