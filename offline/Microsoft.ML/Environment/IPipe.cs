// SPDX-License-Identifier: MIT
namespace Microsoft.ML.Runtime;

/// <summary>A way for messages.</summary>
public interface IPipe<TMessage> : IExceptionContext, IDisposable
{
    void Send(TMessage msg);
}
