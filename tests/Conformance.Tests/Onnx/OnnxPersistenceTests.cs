// SPDX-License-Identifier: MIT
using System.IO.Compression;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Onnx;

namespace MLNetExtensions.Conformance.Tests.Onnx;

public sealed class OnnxPersistenceTests
{
    private static readonly MLContext Context = ModelFile.Context;

    [Fact]
    public void The_file_is_embedded_so_the_model_loads_without_it()
    {
        using var saved = new MemoryStream();
        using (ModelFile model = ModelFile.Linear())
        {
            var chain = Context.Transforms.Concatenate("Features2", "Features").Append(Context.Transforms.ApplyOnnxModel("score_", "Features", model.Path));
            Context.Model.Save(chain.Fit(ModelFile.Rows), ModelFile.Rows.Schema, saved);
        }

        saved.Position = 0;
        using (var archive = new ZipArchive(saved, ZipArchiveMode.Read, leaveOpen: true))
        {
            Assert.Contains("TransformerChain/Transform_001/OnnxModel", archive.Entries.Select(e => e.FullName.Replace('\\', '/')));
        }

        saved.Position = 0;
        ITransformer loaded = new MLContext().Model.Load(saved, out DataViewSchema schema);
        Assert.Equal("Microsoft.ML.Data.TransformerChain`1[Microsoft.ML.ITransformer]", loaded.GetType().ToString());
        Assert.Equal(Describe.Schema(ModelFile.Rows.Schema), Describe.Schema(schema));
        Assert.Equal("score_:Vector<Single, 1, 1> = [0]; [1]; [2]", Describe.Column(loaded.Transform(ModelFile.Rows), "score_"));
    }

    [Fact]
    public void An_engine_disposes_the_model_that_it_owns()
    {
        using ModelFile model = ModelFile.Linear();
        using var saved = new MemoryStream();
        Context.Model.Save(Context.Transforms.ApplyOnnxModel(model.Path).Fit(ModelFile.Rows), ModelFile.Rows.Schema, saved);
        saved.Position = 0;
        ITransformer loaded = Context.Model.Load(saved, out _);
        Assert.IsType<OnnxTransformer>(loaded);
        using (var engine = Context.Model.CreatePredictionEngine<FeatureRow, ScoreRow>(loaded))
        {
            Assert.Equal([2f], engine.Predict(new FeatureRow { Features = [1, 1, 1, 1, 1] }).Score);
        }

        Assert.ThrowsAny<InvalidOperationException>(() => loaded.Transform(ModelFile.Rows).GetColumn<float[]>("score_").ToList());
    }
}
