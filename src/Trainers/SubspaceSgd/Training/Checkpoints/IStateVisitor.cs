// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SubspaceSgd.Training.Checkpoints;

/// <summary>Is shown every part of a training's state, always in the same order; it may look at it or replace it.</summary>
internal interface IStateVisitor
{
    void Visit(ref long value);

    void Visit(ref double value);

    void Visit(Span<float> values);

    void Visit(Span<double> values);
}
