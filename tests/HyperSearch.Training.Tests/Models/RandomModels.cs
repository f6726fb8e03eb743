using HyperSearch.Numerics;
using HyperSearch.Training.Data;
using HyperSearch.Training.Layers;
using HyperSearch.Training.Models;

namespace HyperSearch.Training.Tests.Models;

/// <summary>Models with random weights, for what does not depend on training.</summary>
internal static class RandomModels
{
    public static Model Of(LearningTask task, Activation activation, params int[] hidden)
    {
        var random = RandomStream.For(3, 0, "model");
        var schema = new DataSchema
        {
            Task = task,
            Label = "y",
            Classes = task switch { LearningTask.Regression => [], LearningTask.Binary => ["no", "yes"], _ => ["1", "2", "4", "8"] },
            Columns = [new InputColumn { Name = "size" }, new InputColumn { Name = "colour", Categories = ["blue", "green", "red"] },
                new InputColumn { Name = "age", FillNumber = 2 }],
            Normalization = new Normalization([10, 0.3f, 0.3f, 0.4f, 40], [0.1f, 2, 2.5f, 0, 0.05f]),
            Targets = task == LearningTask.Regression ? new TargetScale(150, 77) : null,
        };
        int[] sizes = [schema.FeatureNames.Count, .. hidden, task == LearningTask.MultiClass ? 4 : 1];
        var layers = Enumerable.Range(1, sizes.Length - 1).Select(i => new ModelLayer(
            sizes[i - 1],
            sizes[i],
            [.. Enumerable.Range(0, sizes[i - 1] * sizes[i]).Select(_ => (float)(random.NextNormal() * Math.Sqrt(2.0 / sizes[i - 1])))],
            [.. Enumerable.Range(0, sizes[i]).Select(_ => (float)(0.1 * random.NextNormal()))],
            i == sizes.Length - 1 ? Activation.Identity : activation,
            0.02f));
        return new Model(schema, [.. layers]);
    }
}
