// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Numerics.Products;

/// <summary>Which registers a product is computed with. Results differ between them by rounding.</summary>
internal enum ProductPath
{
    /// <summary><see cref="System.Numerics.Vector{T}"/>.</summary>
    Portable,

    /// <summary>AVX2 with FMA.</summary>
    Avx2,

    /// <summary>AVX-512.</summary>
    Avx512,
}
