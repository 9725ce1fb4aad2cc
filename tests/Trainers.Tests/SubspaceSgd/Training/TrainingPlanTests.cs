// SPDX-License-Identifier: MIT
using MLNetExtensions.Numerics;
using MLNetExtensions.Trainers.SubspaceSgd.Training;

namespace MLNetExtensions.Trainers.Tests.SubspaceSgd.Training;

public sealed class TrainingPlanTests
{
    [Fact]
    public void Every_row_is_used_once_in_an_epoch_and_slices_are_nearly_equal()
    {
        RandomStream random = new(3);
        for (int round = 0; round < 300; round++)
        {
            long[] shards = [.. Enumerable.Range(0, 1 + random.Next(9)).Select(_ => 1L + random.Next(500))];
            long rows = shards.Sum();
            int batch = shards.Length + random.Next((int)rows - shards.Length + 1), accumulation = 1 + random.Next(4);
            TrainingPlan plan = new(shards, batch, accumulation);
            Assert.Equal((rows + batch - 1) / batch, plan.MiniBatches);
            Assert.Equal(plan.MiniBatches, plan.EndOf(plan.Steps - 1));
            Assert.Equal(rows, Enumerable.Range(0, (int)plan.Steps).Sum(step => plan.RowsOf(step)));
            for (int worker = 0; worker < shards.Length; worker++)
            {
                Assert.Equal((0, shards[worker]), (plan.RowsBefore(worker, 0), plan.RowsBefore(worker, plan.MiniBatches)));
                for (int miniBatch = 0; miniBatch < plan.MiniBatches; miniBatch++)
                {
                    long slice = plan.RowsBefore(worker, miniBatch + 1) - plan.RowsBefore(worker, miniBatch);
                    Assert.InRange(slice, shards[worker] / plan.MiniBatches, plan.LargestSlice);
                }
            }
        }
    }

    [Fact]
    public void Equal_shards_give_equal_slices_of_the_batch_size()
    {
        TrainingPlan plan = new([64, 64, 64, 64], 32, 3);
        Assert.Equal((8, 3), (plan.MiniBatches, plan.Steps));
        Assert.Equal([96, 96, 64], [plan.RowsOf(0), plan.RowsOf(1), plan.RowsOf(2)]);
        Assert.Equal(8, plan.LargestSlice);
    }
}
