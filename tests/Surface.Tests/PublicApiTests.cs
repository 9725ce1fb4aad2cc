// SPDX-License-Identifier: MIT
using System.Reflection;

namespace MLNetExtensions.Surface.Tests;

public sealed class PublicApiTests
{
    [Theory]
    [InlineData("MLNetExtensions.Core")]
    [InlineData("MLNetExtensions.Transforms")]
    [InlineData("MLNetExtensions.Quantization")]
    [InlineData("MLNetExtensions.Trainers")]
    [InlineData("MLNetExtensions.Mpi")]
    public void The_public_surface_is_the_approved_one(string assembly)
    {
        string received = PublicApi.Print(Assembly.Load(assembly));
        string approvedPath = Repository.PathOf("tests", "Surface.Tests", $"{assembly}.approved.txt");
        string approved = File.Exists(approvedPath) ? File.ReadAllText(approvedPath).ReplaceLineEndings("\n") : "";
        if (received != approved)
        {
            string receivedPath = Repository.PathOf("artifacts", $"{assembly}.received.txt");
            File.WriteAllText(receivedPath, received);
            string[] before = approved.Split('\n'), now = received.Split('\n');
            string change = string.Join('\n', before.Except(now).Select(line => "- " + line).Concat(now.Except(before).Select(line => "+ " + line)).Take(30));
            Assert.Fail($"The public surface of {assembly} changed. If that is meant, copy {receivedPath} over {approvedPath}.\n{change}");
        }
    }
}
