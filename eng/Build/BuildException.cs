// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Build;

/// <summary>A build step that cannot go on; the message is all that the user sees.</summary>
internal sealed class BuildException(string message) : Exception(message);
