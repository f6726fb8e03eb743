using System.Globalization;
using HyperSearch.Numerics;
using HyperSearch.Planning;
using HyperSearch.Training.Data;

namespace HyperSearch.Hosting.Objectives.Training;

/// <content>Confirmed repeats that answer together.</content>
public sealed partial class TrainingObjective
{
    /// <summary>Whether the confirmed repeats of the winner are averaged where that helps on the dev rows. Default: they are not.</summary>
    public bool AveragesRepeats { get; init; }

    /// <summary>The winner's confirmed repeats, trained again to the same bits, where they answer the dev rows better together than one of
    /// them does on average; <c>null</c> where they do not, and where it was not confirmed.</summary>
    private RepeatAverage? AverageOf(Trial winner, Judging judging, Trainings trainings, CancellationToken stop)
    {
        if (!AveragesRepeats || !judging.MayAverage || data.Dev.Rows == 0 || winner.Confirmed is not { Diverged: 0, Values.Length: > 1 })
            return null;
        Outcome[] repeats = [.. winner.WholeRepeats];
        var average = new RepeatAverage(trainings.Run(repeats, static _ => (RepeatNetwork?)null, repeat =>
        {
            var seed = TrialSeed.Of(CampaignSeed, winner.Number, repeat.Repeat);
            var job = new Job(0, winner.Number, winner.Point, winner.Origin, 0, repeat.Epochs, null, seed);
            using var trainer = Train(new LastTraining(job, FolderOf(judging, "repeat", repeat.Repeat), judging.ModelPath), data, stop);
            return RepeatNetwork.Of(trainer, data);
        }));
        return average.HelpsOn(data, judging.Goal) ? average : null;
    }

    /// <summary>Judges and hands over networks that answer together.</summary>
    /// <param name="own">The winner's repeats.</param>
    /// <param name="winner">The winner.</param>
    /// <param name="judging">Where the model is kept.</param>
    /// <param name="trainings">Trains several networks at once.</param>
    /// <param name="stop">Cancelled when the session is interrupted.</param>
    private Verdict? JudgeTogether(RepeatAverage own, Trial winner, Judging judging, Trainings trainings, CancellationToken stop)
    {
        using var more = Refit == RefitRows.None ? null : Load(joined, data.Train.Rows + data.Dev.Rows, data.Test.Rows);
        var refit = Refit == RefitRows.None ? default : AverageAfresh(more ?? data, own, "refit");
        var (judged, rows) = refit.Average is { } fresh ? (fresh, more ?? data) : (own, data);
        using var whole = Refit == RefitRows.All ? Load(Whole, data.Train.Rows + data.Dev.Rows + data.Test.Rows, 0) : null;
        var last = whole is null ? default : AverageAfresh(whole, own, "all");
        var test = rows.Test.Rows == 0 ? default : judged.Judge(rows);
        (last.Average ?? judged).ToModel(test.Confusion).Save(judging.ModelPath);
        if (Directory.Exists(judging.CheckpointFolder))
            Directory.Delete(judging.CheckpointFolder, recursive: true);
        int[] epochs = [.. judged.Members.Select(static member => member.Epochs).Distinct()];
        return test.Figures is null ? null : VerdictOf(winner, test.Figures, test.Sampling) with
        {
            TrainRows = rows.Train.Rows,
            Epochs = epochs.Length == 1 ? epochs[0] : null,
            WhyNotRefitted = Refit == RefitRows.None ? RefitIsOff : refit.Against ?? last.Against,
            AllRows = last.Average is null ? null : whole!.Train.Rows,
            Averaged = judged.Members.Count,
        };

        (RepeatAverage? Average, string? Against) AverageAfresh(Dataset learned, RepeatAverage like, string name)
        {
            int[] numbers = [.. Enumerable.Range(1, like.Members.Count)];
            var trained = trainings.Run(numbers, static _ => (Refitted?)null, number =>
            {
                var seed = RandomStream.For(judging.Seed, (ulong)number, "averaged refit").NextULong();
                var folder = FolderOf(judging, name, number);
                var (trainer, against) = TrainAfresh(learned, winner, seed, folder, judging.ModelPath, stop);
                using (trainer)
                    return new Refitted(trainer is null ? null : RepeatNetwork.Of(trainer, learned), against);
            });
            return trained.FirstOrDefault(static one => one.Against is not null)?.Against is { } reason
                ? (null, reason)
                : (new RepeatAverage([.. trained.Select(static one => one.Network!)]), null);
        }
    }

    private static string FolderOf(Judging judging, string name, int number) =>
        Path.Combine(judging.CheckpointFolder, string.Create(CultureInfo.InvariantCulture, $"{name}-{number}"));

    /// <summary>A network with new weights, or the reason against it.</summary>
    private sealed record Refitted(RepeatNetwork? Network, string? Against);
}
