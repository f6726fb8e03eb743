using HyperSearch.Hosting;
using HyperSearch.Planning;
using HyperSearch.Schedules;
using HyperSearch.Spaces;

namespace HyperSearch.SampleHost;

/// <summary>What the README shows to somebody who writes C#, line by line.</summary>
public static class FromTheReadme
{
    /// <summary>Tunes a function of two hyperparameters that is told epoch by epoch.</summary>
    public static async Task<SearchResult> RunAsync(string folder)
    {
        var space = new Space([new Parameter("learning_rate", new LogScale(1e-4, 1)), new Parameter("units", new LogIntScale(16, 256))]);
        var result = await Search.MinimizeAsync(space, async (trial, stop) =>
        {
            var loss = double.NaN;
            for (var epoch = 1; epoch <= trial.ToEpochs; epoch++)
            {
                loss = await TrainAsync(trial.GetDouble("learning_rate"), trial.GetInt("units"), epoch, stop);
                if (!trial.Report(epoch, loss)) // told to stop: the others do better
                    break;
            }

            return loss;
        }, new CampaignOptions { Trials = 60, Epochs = 12, Schedule = new MedianSchedule(), Folder = folder });
        Console.WriteLine($"{result.BestPoint}: {result.BestValue}");
        return result;
    }

    /// <summary>A loss that is least at a learning rate of 0.01 with 64 units.</summary>
    private static async Task<double> TrainAsync(double learningRate, int units, int epoch, CancellationToken stop)
    {
        await Task.Yield();
        stop.ThrowIfCancellationRequested();
        return Math.Abs(Math.Log10(learningRate) + 2) + Math.Abs(Math.Log2(units) - 6) + (1.0 / epoch);
    }
}
