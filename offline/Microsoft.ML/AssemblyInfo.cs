// SPDX-License-Identifier: MIT
// This assembly stands in for Microsoft.ML on machines whose package feed does not carry it. It offers the part of the public
// surface that this repository's sources, samples and tests use, with the behaviour that was observed on the real packages, and
// it is not a product: it is never packed, and what is compiled against it is not binary compatible with the real Microsoft.ML.
using System.Reflection;

[assembly: AssemblyDescription("A source-compatible stand-in for the part of Microsoft.ML that MLNetExtensions uses. Not Microsoft.ML, not a product, never packed.")]
