// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.Tests.SubspaceSgd;

/// <summary>One check of the contract redirects the temporary folder of the process, so nothing else runs beside it.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ContractCollection
{
    public const string Name = "Redirects the temporary folder";
}
