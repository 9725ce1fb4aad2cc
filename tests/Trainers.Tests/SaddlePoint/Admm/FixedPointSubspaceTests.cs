// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using MLNetExtensions.Trainers.SaddlePoint.Admm;

namespace MLNetExtensions.Trainers.Tests.SaddlePoint.Admm;

public sealed class FixedPointSubspaceTests
{
    [Fact]
    public void An_affine_map_is_solved_in_as_many_steps_as_there_are_dimensions()
    {
        AffineMap map = new(size: 8, bend: false);
        FixedPointSubspace subspace = Begin(map, memory: 10);
        double first = subspace.Norm;
        for (int i = 0; i < 9; i++)
        {
            subspace.Advance();
        }

        Assert.True(subspace.Norm < 1e-8 * first, $"{subspace.Norm} of {first}");
        Assert.Equal((10, 0), (subspace.Evaluations, subspace.Rejected));
    }

    [Fact]
    public void Without_memory_it_is_the_map()
    {
        AffineMap map = new(size: 8, bend: true);
        FixedPointSubspace subspace = Begin(map, memory: 0);
        double[] point = map.Start(), image = new double[8];
        for (int i = 0; i < 20; i++)
        {
            subspace.Advance();
            map.Apply(point, image);
            image.CopyTo(point, 0);
        }

        Assert.Equal(point.Select(value => Math.Round(value, 12)), subspace.Point.ToArray().Select(value => Math.Round(value, 12)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Displacements_never_grow_and_all_evaluations_are_counted(bool split)
    {
        AffineMap map = new(size: 40, bend: true);
        FixedPointSubspace subspace = Begin(map, memory: 5, split);
        double last = subspace.Norm;
        for (int i = 0; i < 300; i++)
        {
            subspace.Advance();
            // What rounding leaves at the end may move.
            Assert.True(subspace.Norm <= last * (1 + 1e-12) || subspace.Norm < 1e-13, $"{subspace.Norm} after {last}");
            last = subspace.Norm;
        }

        Assert.True(subspace.Norm < 1e-8, $"{subspace.Norm}");
        Assert.Equal(map.Calls, subspace.Evaluations);
        Assert.True(subspace.Rejected > 0, "The bends were never felt.");
    }

    // No map could do that for ever if it has a fixed point; combined steps could.
    [Fact]
    public void Steps_that_shorten_nothing_give_way_to_the_map_until_it_does()
    {
        TurningMap map = new();
        FixedPointSubspace subspace = new(map, 5, memory: 2, split: false);
        subspace.Begin(new double[5], [1, 1, 1, 1, 1]);
        int early = Combined(100), late = Combined(100);
        map.Length = 0.5;
        int shorter = Combined(100);

        Assert.InRange(early, 45, 55);
        Assert.Equal(0, late);
        Assert.InRange(shorter, 45, 55);

        int Combined(int steps)
        {
            int before = map.Combined;
            for (int i = 0; i < steps; i++)
            {
                subspace.Advance();
            }
            return map.Combined - before;
        }
    }

    private static FixedPointSubspace Begin(AffineMap map, int memory, bool split = false)
    {
        FixedPointSubspace subspace = new(map, map.Size, memory, split);
        subspace.Begin(map.Start(), [.. Enumerable.Repeat(1.0, map.Size)]);
        return subspace;
    }

    // Displacements along the axes by turns, each hardly shorter than the last; it counts the points that it did not give itself.
    private sealed class TurningMap : ISplitMap
    {
        private readonly double[] _last = new double[5];
        private int _calls;

        public double Length { get; set; } = 1;

        public int Combined { get; private set; }

        public bool IsDual(int index, double value) => false;

        public void Apply(ReadOnlySpan<double> point, Span<double> image)
        {
            Combined += TensorPrimitives.Distance(point, _last) > 1e-9 ? 1 : 0;
            Length *= 1 - 1e-9;
            point.CopyTo(image);
            image[_calls++ % 5] += Length;
            image.CopyTo(_last);
        }
    }

    // The average of a point and its image under a reflection-free rotation-and-shrinking: expands no distance. With bends its components are kept above -0.02.
    private sealed class AffineMap(int size, bool bend) : ISplitMap
    {
        private readonly Matrix<double> _matrix = Contraction(size);

        public int Size => size;

        public int Calls { get; private set; }

        public double[] Start() => [.. Enumerable.Range(0, size).Select(i => Math.Sin(i + 1.0))];

        public bool IsDual(int index, double value) => bend && value < -0.02;

        public void Apply(ReadOnlySpan<double> point, Span<double> image)
        {
            Calls++;
            Vector<double> result = _matrix * Vector<double>.Build.Dense(point.ToArray());
            for (int i = 0; i < size; i++)
            {
                double value = result[i] + (0.05 * Math.Cos(i));
                image[i] = bend ? Math.Max(value, -0.02) : value;
            }
        }

        private static Matrix<double> Contraction(int size)
        {
            Matrix<double> random = Matrix<double>.Build.DenseOfArray(RandomPrograms.Matrix(new Random(4), size, size));
            Matrix<double> orthogonal = random.QR().Q;
            return ((0.98 * orthogonal) + (0.98 * Matrix<double>.Build.DenseIdentity(size))) / 2;
        }
    }
}
