// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Surface.Tests;

/// <summary>Code that pages show writes into the current folder, which is the whole process's.</summary>
[CollectionDefinition(nameof(Environment.CurrentDirectory), DisableParallelization = true)]
public sealed class CurrentDirectoryCollection;
