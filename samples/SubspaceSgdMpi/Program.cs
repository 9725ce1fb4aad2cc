// SPDX-License-Identifier: MIT
// mpirun -n 4 dotnet SubspaceSgdMpi.dll: four processes train one model, each on its own rows.
// dotnet SubspaceSgdMpi.dll --in-process: the same by four workers in this process.
using System.Globalization;
using Microsoft.ML;
using MLNetExtensions.Mpi;
using MLNetExtensions.Samples.SubspaceSgdMpi;
using MLNetExtensions.Trainers.SubspaceSgd;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
const int Workers = 4;
var ranks = args.Contains("--in-process") ? null : MpiCollective.World;
int rank = ranks?.Rank ?? 0, size = ranks?.Size ?? 1;

// A rank reads its own shard; here row r is of rank r mod size. What normalises features or maps labels to keys must be the same on
// every rank: fit it on the same rows everywhere, or load it.
var ml = new MLContext(seed: 1);
var shard = ml.Data.LoadFromEnumerable(Row.Draw(20_000, seed: 1).Where((_, row) => row % size == rank).ToArray());

var options = new SubspaceSgdOptions { Workers = size > 1 ? size : Workers, BatchSize = 256, Epochs = 10, Collective = ranks };
var model = ml.BinaryClassification.Trainers.SubspaceSgd(options).Fit(shard);

// Every rank has the same model, to the bit.
ulong bits = model.Weights!.Append(model.Bias!.Value).Aggregate(14695981039346656037, (hash, value) => (hash ^ BitConverter.SingleToUInt32Bits(value)) * 1099511628211);
Console.WriteLine($"rank {rank} of {size}: {shard.GetRowCount()} of {model.Summary.Rows} rows, {model.Summary.Steps} steps of {model.Summary.Workers} workers, model {bits:x16}");
if (rank == 0)
{
    var metrics = ml.BinaryClassification.Evaluate(model.Transform(ml.Data.LoadFromEnumerable(Row.Draw(10_000, seed: 2))));
    Console.WriteLine($"log-loss {metrics.LogLoss:F4} bits, AUC {metrics.AreaUnderRocCurve:F4}, accuracy {metrics.Accuracy:F4} on 10,000 other rows");
    Console.WriteLine($"weights {string.Join(' ', model.Weights!)} bias {model.Bias}");
}
