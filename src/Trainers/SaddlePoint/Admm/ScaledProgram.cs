// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.SaddlePoint.Problems;

namespace MLNetExtensions.Trainers.SaddlePoint.Admm;

/// <summary>A program in variables <c>x / d</c> and rows <c>e (Ax)</c> with an objective times c, so that columns of the matrix <c>[P A'; A 0]</c> are about equally large (Ruiz).</summary>
internal sealed class ScaledProgram
{
    // A column or row smaller than this counts as empty, and no factor is larger than its reciprocal.
    private const double Smallest = 1e-4, Largest = 1e4;

    public ScaledProgram(QuadraticProgram program, int rounds)
    {
        Original = program;
        Columns = Ones(program.Variables);
        Rows = Ones(program.Rows);
        Cost = 1;
        Hessian = program.Hessian;
        Constraints = program.Constraints;
        double[] linear = program.LinearSpan.ToArray();
        double[] columnFactors = new double[program.Variables], rowFactors = new double[program.Rows], norms = new double[program.Variables];
        for (int round = 0; round < rounds; round++)
        {
            columnFactors.AsSpan().Clear();
            rowFactors.AsSpan().Clear();
            LargestByColumn(Hessian, columnFactors);
            LargestByColumn(Constraints, columnFactors);
            LargestByRow(Constraints, rowFactors);
            ToFactors(columnFactors);
            ToFactors(rowFactors);
            Hessian = Hessian.Scaled(columnFactors, columnFactors);
            Constraints = Constraints.Scaled(rowFactors, columnFactors);
            MultiplyBy(linear, columnFactors);
            MultiplyBy(Columns, columnFactors);
            MultiplyBy(Rows, rowFactors);
            // The objective's share: its gradients are to be about as large as 1.
            norms.AsSpan().Clear();
            LargestByColumn(Hessian, norms);
            double size = Limited(Math.Max(norms.Average(), linear.Max(Math.Abs)));
            double[] cost = [.. Columns.Select(_ => 1 / size)];
            Hessian = Hessian.Scaled(cost, Ones(program.Variables));
            MultiplyBy(linear, cost);
            Cost /= size;
        }
        Linear = linear;
        Lower = program.LowerSpan.ToArray();
        Upper = program.UpperSpan.ToArray();
        MultiplyBy(Lower, Rows);
        MultiplyBy(Upper, Rows);
        Limit(Lower, program.LowerSpan);
        Limit(Upper, program.UpperSpan);
    }

    public QuadraticProgram Original { get; }

    public SparseMatrix Hessian { get; }

    public SparseMatrix Constraints { get; }

    public double[] Linear { get; }

    public double[] Lower { get; }

    public double[] Upper { get; }

    /// <summary>d: a variable of the original is the scaled one times its factor.</summary>
    public double[] Columns { get; }

    /// <summary>e: a scaled row is the original times its factor.</summary>
    public double[] Rows { get; }

    /// <summary>c: the scaled objective is the original times this.</summary>
    public double Cost { get; }

    public QuadraticProgram ToProgram() => QuadraticProgram.Of(this);

    // A bound that overflows must not become none.
    private static void Limit(double[] bounds, ReadOnlySpan<double> original)
    {
        for (int i = 0; i < bounds.Length; i++)
        {
            bounds[i] = double.IsFinite(original[i]) ? Math.Clamp(bounds[i], -double.MaxValue, double.MaxValue) : bounds[i];
        }
    }

    private static double[] Ones(int count)
    {
        double[] ones = new double[count];
        ones.AsSpan().Fill(1);
        return ones;
    }

    private static double Limited(double size) => size < Smallest ? 1 : Math.Min(size, Largest);

    private static void ToFactors(double[] sizes)
    {
        for (int i = 0; i < sizes.Length; i++)
        {
            sizes[i] = 1 / Math.Sqrt(Limited(sizes[i]));
        }
    }

    private static void MultiplyBy(double[] values, double[] factors)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] *= factors[i];
        }
    }

    private static void LargestByColumn(SparseMatrix matrix, double[] largest)
    {
        for (int i = 0; i < matrix.Count; i++)
        {
            ref double present = ref largest[matrix.ColumnOf[i]];
            present = Math.Max(present, Math.Abs(matrix.Values[i]));
        }
    }

    private static void LargestByRow(SparseMatrix matrix, double[] largest)
    {
        for (int row = 0; row < largest.Length; row++)
        {
            foreach (double value in matrix.Values[matrix.Starts[row]..matrix.Starts[row + 1]])
            {
                largest[row] = Math.Max(largest[row], Math.Abs(value));
            }
        }
    }
}
