// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Numerics.Products;

/// <summary>The few operations on a vector register that products are made of, so that one kernel serves registers of every width.</summary>
/// <typeparam name="TVector">The register.</typeparam>
internal unsafe interface ILanes<TVector>
{
    /// <summary>How many floats a register holds.</summary>
    static abstract int Count { get; }

    /// <summary>A register of zeros.</summary>
    static abstract TVector Zero { get; }

    /// <summary>Reads a register.</summary>
    static abstract TVector Load(float* source);

    /// <summary>Reads one float into all lanes.</summary>
    static abstract TVector Broadcast(float* source);

    /// <summary>Writes a register.</summary>
    static abstract void Store(TVector value, float* destination);

    /// <summary>Adds two registers.</summary>
    static abstract TVector Add(TVector left, TVector right);

    /// <summary>left * right + addend, rounded once where the processor can.</summary>
    static abstract TVector MultiplyAdd(TVector left, TVector right, TVector addend);

    /// <summary>left * right + addend of one lane, rounded as the registers are.</summary>
    static abstract float MultiplyAdd(float left, float right, float addend);

    /// <summary>The sum of the lanes.</summary>
    static abstract float Sum(TVector value);
}
