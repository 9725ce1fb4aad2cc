// SPDX-License-Identifier: MIT
using Microsoft.ML.Runtime;

namespace Microsoft.ML.StandIn;

/// <summary>A way for messages that nobody listens to.</summary>
internal class Pipe<TMessage> : IPipe<TMessage>
{
    internal Pipe(HostEnvironment environment, string name)
    {
        Environment = environment;
        ContextDescription = name;
    }

    public string ContextDescription { get; }

    protected HostEnvironment Environment { get; }

    public TException Process<TException>(TException ex)
        where TException : Exception => Environment.Process(ex);

    public virtual void Send(TMessage msg)
    {
    }

    public virtual void Dispose()
    {
    }
}
