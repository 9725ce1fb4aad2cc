// SPDX-License-Identifier: MIT
using Microsoft.ML.Runtime;

namespace Microsoft.ML.StandIn;

/// <summary>A way for progress that nobody listens to.</summary>
internal sealed class ProgressChannel : IProgressChannel
{
    private readonly HostEnvironment _environment;
    private readonly string _name;

    internal ProgressChannel(HostEnvironment environment, string name)
    {
        _environment = environment;
        _name = name;
    }

    public void SetHeader(ProgressHeader header, Action<IProgressEntry> fillAction)
    {
    }

    public void Checkpoint(params double?[] values)
    {
    }

    public IProgressChannel StartProgressChannel(string name) => new ProgressChannel(_environment, $"{_name}; {name}");

    public void Dispose()
    {
    }
}
