// SPDX-License-Identifier: MIT
using System.Text.Json;
using MLNetExtensions.Trainers.SaddlePoint.Admm;
using MLNetExtensions.Trainers.SaddlePoint.Problems;

namespace MLNetExtensions.Benchmarks.Data;

/// <summary>Quadratic programs as JSON: sizes n and m, numbers r, q, l and u, matrices P and A as triplets; infinities are texts.</summary>
public static class QuadraticProgramFile
{
    /// <summary>Reads a program.</summary>
    public static QuadraticProgram Read(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        JsonElement root = document.RootElement;
        int variables = root.GetProperty("n").GetInt32(), rows = root.GetProperty("m").GetInt32();
        return new QuadraticProgram(
            Matrix(root.GetProperty("P"), variables, variables), Numbers(root.GetProperty("q")), Matrix(root.GetProperty("A"), rows, variables),
            Numbers(root.GetProperty("l")), Numbers(root.GetProperty("u")), root.GetProperty("r").GetDouble());
    }

    private static SparseMatrix Matrix(JsonElement triplets, int rows, int columns) =>
        SparseMatrix.FromEntries(rows, columns, triplets.EnumerateArray().Select(entry => (entry[0].GetInt32(), entry[1].GetInt32(), entry[2].GetDouble())));

    private static double[] Numbers(JsonElement values) => [.. values.EnumerateArray().Select(Number)];

    private static double Number(JsonElement value) => value.ValueKind == JsonValueKind.Number ? value.GetDouble() : value.GetString() switch
    {
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        var text => throw new FormatException($"'{text}' is no number of a quadratic program."),
    };
}
