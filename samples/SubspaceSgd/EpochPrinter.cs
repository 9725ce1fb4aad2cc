// SPDX-License-Identifier: MIT
using System.Globalization;
using MLNetExtensions.Trainers.SubspaceSgd;

namespace MLNetExtensions.Samples.SubspaceSgd;

/// <summary>Prints how a training goes, every so many epochs.</summary>
internal sealed class EpochPrinter(int every) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value)
    {
        if (value.Epoch % every == 0)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    epoch {value.Epoch,3}  step {value.Step,5}  loss {value.Loss:F4}  agreement of the workers {value.Agreement:F3}"));
        }
    }
}
