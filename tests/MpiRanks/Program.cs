// SPDX-License-Identifier: MIT
using System.Diagnostics;
using MLNetExtensions.Mpi;
using MLNetExtensions.MpiRanks;

// What the tests start with mpirun: one verb, done by every rank.
if (args[0] == "nothing")
{
    Console.WriteLine(Process.GetCurrentProcess().Modules.Cast<ProcessModule>().Any(module => module.ModuleName.StartsWith("libmpi", StringComparison.Ordinal)));
    return 0;
}
var ranks = MpiCollective.World;
switch (args[0])
{
    case "version":
        Console.WriteLine($"{ranks.Rank} of {ranks.Size}: {ranks.LibraryVersion}");
        return 0;
    case "collectives":
        CollectiveChecks.Run(ranks);
        Console.WriteLine($"rank {ranks.Rank} is content");
        return 0;
    case "combine":
        GradientSteps.Run(ranks, int.Parse(args[2])).WriteTo(args[1], ranks.Rank);
        return 0;
    case "train":
        SmallTraining.Run(ranks).WriteTo(args[1], ranks.Rank);
        return 0;
    case "train-other-features":
        SmallTraining.Run(ranks, features: ranks.Rank == 2 ? 5 : 6);
        return 0;
    case "train-bad-row":
        SmallTraining.Run(ranks, badRank: 1);
        return 0;
    case "throw" when ranks.Rank == 1:
        throw new InvalidOperationException("no disk");
    case "give-up" when ranks.Rank == 1:
        ranks.Abort("no disk");
        return 0;
    case "kill" when ranks.Rank == 1:
        ranks.Barrier();
        Process.GetCurrentProcess().Kill();
        return 0;
    case "exit" when ranks.Rank == 1:
        return 3;
    case "kill":
        ranks.Barrier();
        ranks.Barrier();
        return 0;
    case "throw" or "give-up" or "exit":
        ranks.AllReduceSum(new double[10]);
        return 0;
    default:
        Console.Error.WriteLine($"No such verb: {args[0]}");
        return 2;
}
