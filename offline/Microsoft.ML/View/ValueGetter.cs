// SPDX-License-Identifier: MIT
namespace Microsoft.ML;

/// <summary>Puts a value of the current row into <paramref name="value"/>, reusing what it holds.</summary>
public delegate void ValueGetter<TValue>(ref TValue value);
