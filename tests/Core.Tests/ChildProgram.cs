// SPDX-License-Identifier: MIT
using MLNetExtensions.Core.Tests.Numerics;
using MLNetExtensions.Numerics;

namespace MLNetExtensions.Core.Tests;

/// <summary>The tests' assembly as a program of its own, for what needs a process with other settings of the runtime.</summary>
internal static class ChildProgram
{
    /// <summary><c>products</c>: says on which path products are computed, and how many cases are right.</summary>
    public static int Main(string[] arguments)
    {
        if (arguments is not ["products"])
        {
            return 2;
        }
        var path = MatrixProduct.BestPath;
        Console.WriteLine($"{path} {ProductCase.All().Count(shape => shape.LargestError(path) <= 1)} right");
        return 0;
    }
}
