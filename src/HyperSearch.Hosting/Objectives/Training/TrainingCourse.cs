using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using HyperSearch.Training;
using HyperSearch.Training.Data;

namespace HyperSearch.Hosting.Objectives.Training;

/// <summary>One job's training: a trainer, what it measured in this job, and where both are saved.</summary>
internal sealed class TrainingCourse
{
    private readonly IJobContext _job;
    private readonly Dataset _data;
    private readonly List<Measurement> _measurements;

    private TrainingCourse(IJobContext job, Dataset data, Trainer trainer, List<Measurement> measurements) =>
        (_job, _data, Trainer, _measurements) = (job, data, trainer, measurements);

    public Trainer Trainer { get; }

    /// <summary>Whether nothing is left to train.</summary>
    public bool IsOver => Trainer.Epoch >= _job.Job.ToEpochs || Trainer.StoppedEarly;

    /// <summary>The course of a new trial, or of one whose checkpoint is lost: the epochs of its earlier jobs are trained again.</summary>
    public static TrainingCourse Begin(IJobContext job, Dataset data, Func<Job, Trainer> newTrainer, CancellationToken stop)
    {
        var trainer = newTrainer(job.Job);
        try
        {
            while (trainer.Epoch < job.Job.FromEpochs)
                trainer.TrainEpoch(stop);
            return new TrainingCourse(job, data, trainer, []);
        }
        catch
        {
            trainer.Dispose();
            throw;
        }
    }

    /// <summary>The course as an earlier job, attempt or session saved it; <c>null</c> when there is none that fits.</summary>
    public static TrainingCourse? Resume(IJobContext job, Dataset data, Func<Job, Trainer> newTrainer)
    {
        if (!job.HasCheckpointFolder || !File.Exists(Path.Combine(job.CheckpointFolder, CampaignFolder.TrainerFile)))
            return null;
        var trainer = newTrainer(job.Job);
        try
        {
            trainer.Restore(Path.Combine(job.CheckpointFolder, CampaignFolder.TrainerFile));
            if (trainer.Epoch >= job.Job.FromEpochs && trainer.Epoch <= job.Job.ToEpochs
                && Measured(job, trainer.Epoch) is { } measurements)
                return new TrainingCourse(job, data, trainer, measurements);
        }
        catch (Exception damage) when (damage is CheckpointException or IOException or JsonException)
        {
            // A checkpoint only saves time; without it the epochs are trained again and give the same bits. `doctor` reports damaged ones.
        }

        trainer.Dispose();
        return null;
    }

    /// <summary>Reports what was measured before the job was interrupted; false when the trial shall stop.</summary>
    public bool ReportEarlier() => _measurements.TrueForAll(measurement => _job.Report(measurement.Epoch, measurement.Metrics));

    /// <summary>Trains one epoch and reports it; false when the trial shall stop.</summary>
    /// <exception cref="DivergenceException">Training has left the numbers.</exception>
    public bool TrainEpoch(CancellationToken stop)
    {
        var epoch = Trainer.TrainEpoch(stop);
        // With early stopping the weights are the best epoch's again, so the last measurement is made of them.
        var metrics = Trainer.StoppedEarly
            ? TrainingMetrics.Of(Trainer.Evaluate(_data.Train), Trainer.Evaluate(_data.Dev))
            : TrainingMetrics.Of(epoch.Train, epoch.Dev);
        _measurements.Add(new Measurement(epoch.Epoch, metrics));
        var goOn = _job.Report(epoch.Epoch, metrics);
        return Trainer.Divergence is { } divergence ? throw new DivergenceException(divergence) : goOn;
    }

    /// <summary>Saves the measurements, then the trainer: so the measurements on disk are never behind it.</summary>
    /// <exception cref="StoreException">The checkpoint cannot be written: that is no fault of the trial, so it stops the campaign instead
    /// of failing the trial.</exception>
    public void Save()
    {
        try
        {
            var json = JsonSerializer.SerializeToUtf8Bytes(new Measurements(_measurements), MeasurementJson.Default.Measurements);
            SealedJson.Write(Path.Combine(_job.CheckpointFolder, CampaignFolder.MeasurementsFile), json);
            Trainer.Save(Path.Combine(_job.CheckpointFolder, CampaignFolder.TrainerFile));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(
                $"The checkpoint of trial {_job.Job.Trial} cannot be written: {failure.Message} What was acknowledged before stays; make "
                + "room, then resume the campaign.", failure);
        }
    }

    /// <summary>This job's measurements up to an epoch; <c>null</c> when one is missing.</summary>
    private static List<Measurement>? Measured(IJobContext job, int epoch)
    {
        var (from, count) = (job.Job.FromEpochs, epoch - job.Job.FromEpochs);
        if (count == 0)
            return [];
        var json = SealedJson.Read(Path.Combine(job.CheckpointFolder, CampaignFolder.MeasurementsFile));
        var all = JsonSerializer.Deserialize(json, MeasurementJson.Default.Measurements)?.Epochs ?? [];
        var own = all.Where(measurement => measurement.Epoch > from && measurement.Epoch <= epoch).ToList();
        return own.Select(measurement => measurement.Epoch).SequenceEqual(Enumerable.Range(from + 1, count)) ? own : null;
    }
}

/// <summary>What was measured after an epoch.</summary>
internal sealed record Measurement(int Epoch, ImmutableSortedDictionary<string, double> Metrics);

/// <summary>All of a checkpoint, as its file has them.</summary>
internal sealed record Measurements(List<Measurement> Epochs);

[JsonSourceGenerationOptions(NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(Measurements))]
internal sealed partial class MeasurementJson : JsonSerializerContext;
