// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx;
using MLNetExtensions.Onnx.Running;
using MLNetExtensions.Quantization.Emission;
using MLNetExtensions.Quantization.Planning;
using MLNetExtensions.Quantization.Reports;
using MLNetExtensions.Quantization.Solvers;
using DataType = MLNetExtensions.Onnx.Protobuf.TensorProto.Types.DataType;

namespace MLNetExtensions.Quantization;

/// <summary>Quantizes the weights of ONNX models to 4 bits, with the least squared error that the chosen form can reach.</summary>
public static class OnnxQuantizer
{
    /// <summary>Tensors from this size on are freed before the next is read: the collector alone would let several gather.</summary>
    private const long LargeTensorElements = 1 << 22;

    /// <summary>Quantizes a model's file into another, complete or not at all.</summary>
    /// <param name="source">The model. Its external data lie beside it.</param>
    /// <param name="target">The file to write; it may be the source.</param>
    /// <param name="options">How; the defaults are blocks of 32, symmetric, in standard ONNX.</param>
    /// <exception cref="OnnxFormatException">The file is no ONNX model, is damaged, or its external data are missing.</exception>
    /// <exception cref="OnnxQuantizationException">A tensor holds NaN or infinity.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="IOException">The target cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static QuantizationReport Quantize(string source, string target, OnnxQuantizationOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(source);
        ArgumentException.ThrowIfNullOrEmpty(target);
        options ??= new OnnxQuantizationOptions();
        using var model = OnnxModel.Load(source);
        var report = Quantize(model, options);
        model.Save(target, new OnnxSaveOptions { CancellationToken = options.CancellationToken });
        return report;
    }

    /// <summary>Quantizes a model in place. It changes only when all its tensors are done: an error or a cancellation leaves it as it was.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">How; the defaults are blocks of 32, symmetric, in standard ONNX.</param>
    /// <exception cref="OnnxFormatException">A tensor's elements are damaged or missing.</exception>
    /// <exception cref="OnnxQuantizationException">A tensor holds NaN or infinity.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static QuantizationReport Quantize(OnnxModel model, OnnxQuantizationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new OnnxQuantizationOptions();
        options.CancellationToken.ThrowIfCancellationRequested();
        long opsetBefore = OnnxVersions.OpsetOf(model.Proto);
        var editor = new GraphEditor(model.Proto);
        var plan = ModelPlan.Of(model, editor, options);
        EncodedWeight[] encoded = [.. Encode(model, editor, [.. plan.Weights.Where(weight => weight.IsQuantized)], options)];
        if (plan.Obstacle is null && !plan.Raise.IsNeedless && encoded.Any(weight => weight.Plan.Layout is not null))
        {
            plan.Raise.Apply();
        }
        new GraphRewriter(model, editor, options).Replace(encoded);
        return new QuantizationReport
        {
            RuntimeVersion = OnnxSession.RuntimeVersion,
            FactsOfVersion = plan.Facts.Version,
            OpsetBefore = opsetBefore,
            OpsetAfter = OnnxVersions.OpsetOf(model.Proto),
            OpsetObstacle = plan.Obstacle,
            Solver = options.Solver,
            Tensors = ReportMaker.Tensors(plan.Weights, encoded, options.Form),
        };
    }

    private static IEnumerable<EncodedWeight> Encode(OnnxModel model, GraphEditor editor, WeightPlan[] plans, OnnxQuantizationOptions options)
    {
        var constants = new ConstantMaker(model, editor);
        var dequantize = new DequantizeEncoder(constants);
        var multiply = new MatMulNBitsEncoder(constants);
        var progress = new ProgressOfTensors(plans, options.Progress);
        foreach (var plan in plans)
        {
            var storage = plan.Weight.Tensor.DataType == (int)DataType.Float16 ? ScaleStorage.HalfPrecision : ScaleStorage.SinglePrecision;
            GroupQuantizerOptions how = new()
            {
                Threads = options.MaxDegreeOfParallelism,
                CancellationToken = options.CancellationToken,
                Progress = progress.Begin(plan),
            };
            yield return Encode(plan, Quantize(model, plan, options.Form, ScaleSolvers.ByName(options.Solver, storage), how));
            if (plan.Weight.Elements >= LargeTensorElements)
            {
                GC.Collect();
            }
        }
        progress.End();

        EncodedWeight Encode(WeightPlan plan, QuantizedTensor tensor) => plan.Matrix is null ? dequantize.Encode(plan, tensor) : multiply.Encode(plan, tensor);
    }

    private static QuantizedTensor Quantize(OnnxModel model, WeightPlan plan, QuantizationForm form, IScaleSolver solver, GroupQuantizerOptions how) =>
        GroupQuantizer.Quantize(WeightReader.Read(model, plan.Weight, plan.Layout?.Arrangement), plan.Groups, form, solver, how);
}
