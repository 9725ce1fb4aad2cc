// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace MLNetExtensions.Trainers.SubspaceSgd.Training.Checkpoints;

/// <summary>Writes a state down.</summary>
internal sealed class StateWriter(BinaryWriter writer) : IStateVisitor
{
    public void Visit(ref long value) => writer.Write(value);

    public void Visit(ref double value) => writer.Write(value);

    public void Visit(Span<float> values) => writer.Write(MemoryMarshal.AsBytes(values));

    public void Visit(Span<double> values) => writer.Write(MemoryMarshal.AsBytes(values));
}
