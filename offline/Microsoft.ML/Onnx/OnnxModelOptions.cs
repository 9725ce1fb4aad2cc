// SPDX-License-Identifier: MIT
using Microsoft.ML.OnnxRuntime;

namespace Microsoft.ML.StandIn;

/// <summary>How a model is opened.</summary>
internal sealed record OnnxModelOptions(
    IDictionary<string, int[]> Shapes = null, int? GpuDeviceId = null, bool FallbackToCpu = false, int? InterOpNumThreads = null, int? IntraOpNumThreads = null)
{
    internal SessionOptions ToSessionOptions()
    {
        var options = new SessionOptions();
        if (InterOpNumThreads is int inter)
        {
            options.InterOpNumThreads = inter;
        }

        if (IntraOpNumThreads is int intra)
        {
            options.IntraOpNumThreads = intra;
        }

        if (GpuDeviceId is int device)
        {
            try
            {
                options.AppendExecutionProvider_CUDA(device);
            }
            catch (OnnxRuntimeException) when (FallbackToCpu)
            {
            }
        }

        return options;
    }
}
