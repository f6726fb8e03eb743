using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using HyperSearch.Training;

namespace HyperSearch.Hosting.Objectives.Training;

/// <summary>One job's training: a trainer, its measurements in this job, and the folder where both are saved.</summary>
internal sealed class TrainingCourse
{
    /// <summary>How much work a kill may cost at most, where an epoch takes less.</summary>
    private static readonly TimeSpan CheckpointInterval = TimeSpan.FromSeconds(10);

    /// <summary>How long an interrupted job may go on to reach the end of its epoch, where it can be saved.</summary>
    private static readonly TimeSpan EpochGrace = TimeSpan.FromSeconds(2);

    private readonly IJobContext _job;
    private readonly List<Measurement> _measurements;
    private readonly ImmutableArray<TrialFigure> _figures;
    private readonly MeasuredFigures _needed;

    /// <summary>All figures of the network as it is now; <c>null</c> where they were not measured.</summary>
    private (Evaluation Train, Evaluation Dev)? _all;

    private int _reported;

    private TrainingCourse(IJobContext job, ITraining trainer, List<Measurement> measurements) =>
        (_job, Trainer, _measurements, _figures, _needed) =
            (job, trainer, measurements, TrainingMetrics.OfEpoch(job.Metric), TrainingMetrics.NeededFor(job.Metric));

    public ITraining Trainer { get; }

    /// <summary>Whether nothing is left to train.</summary>
    private bool IsOver => Trainer.Epoch >= _job.Job.ToEpochs || Trainer.StoppedEarly;

    /// <summary>Trains a job from nothing or from its checkpoint to its end, or until its context says enough.</summary>
    /// <param name="job">The job.</param>
    /// <param name="newTrainer">Builds the networks of the job with new weights.</param>
    /// <param name="leavesCheckpoint">Whether a job that ends below the full budget leaves a checkpoint to go on from.</param>
    /// <param name="time">The clock that says when a checkpoint is due.</param>
    /// <param name="stop">Cancelled when the job shall leave with a checkpoint.</param>
    /// <returns>The trained networks, which the caller disposes.</returns>
    public static TTraining Run<TTraining>(IJobContext job, Func<Job, TTraining> newTrainer, bool leavesCheckpoint, TimeProvider time,
        CancellationToken stop)
        where TTraining : ITraining
    {
        using var patient = new DelayedStop(EpochGrace, time, stop);
        var course = Resume(job, Build) ?? Begin(job, Build, patient.Token);
        try
        {
            if (course.ReportEarlier())
                course.Finish(leavesCheckpoint, time, patient.Token, stop);
            course.ReportLast();
            return (TTraining)course.Trainer;
        }
        catch
        {
            course.Trainer.Dispose();
            throw;
        }

        ITraining Build(Job planned) => newTrainer(planned);
    }

    private void Finish(bool leavesCheckpoint, TimeProvider time, CancellationToken patient, CancellationToken stop)
    {
        var saved = time.GetTimestamp();
        while (!IsOver)
        {
            if (!TrainEpoch(patient))
                return;
            if (stop.IsCancellationRequested || time.GetElapsedTime(saved) >= CheckpointInterval)
            {
                Save();
                saved = time.GetTimestamp();
                stop.ThrowIfCancellationRequested();
            }
        }

        if (leavesCheckpoint && !Trainer.StoppedEarly)
            Save();
        _job.OfferRows(() => TrainingMetrics.RowErrorsOf(_job.Metric, Trainer.Task, Trainer.MeasureRows()));
    }

    /// <summary>The course of a new trial, or of one whose checkpoint is lost: the epochs of its earlier jobs are trained again, those of
    /// its ancestors with their configurations.</summary>
    private static TrainingCourse Begin(IJobContext job, Func<Job, ITraining> newTrainer, CancellationToken stop)
    {
        ITraining? trainer = null;
        try
        {
            foreach (var stretch in job.Job.Past.Add(new Stretch(job.Job.Trial, job.Job.Point, job.Job.FromEpochs)))
            {
                var next = TrainFor(trainer, job, newTrainer(job.Job with { Point = stretch.Point }), stretch.ToEpochs, stop);
                trainer?.Dispose();
                trainer = next;
            }

            return new TrainingCourse(job, trainer!, []);
        }
        catch
        {
            trainer?.Dispose();
            throw;
        }
    }

    /// <summary>Goes on from where another training stands, by a checkpoint in the job's folder, up to an epoch.</summary>
    private static ITraining TrainFor(ITraining? from, IJobContext job, ITraining trainer, int toEpochs, CancellationToken stop)
    {
        try
        {
            if (from is not null)
            {
                var path = Path.Combine(job.CheckpointFolder, CampaignFolder.TrainerFile);
                from.Save(path);
                trainer.Restore(path);
            }

            while (trainer.Epoch < toEpochs && !trainer.StoppedEarly)
            {
                trainer.TrainEpoch(MeasuredFigures.Cheap, stop);
                if (trainer.Divergence is { } divergence)
                    throw new DivergenceException(divergence);
            }

            return trainer;
        }
        catch
        {
            trainer.Dispose();
            throw;
        }
    }

    /// <summary>The course as an earlier job, attempt or session saved it; <c>null</c> when there is none that fits.</summary>
    private static TrainingCourse? Resume(IJobContext job, Func<Job, ITraining> newTrainer)
    {
        if (!job.HasCheckpointFolder || !File.Exists(Path.Combine(job.CheckpointFolder, CampaignFolder.TrainerFile)))
            return null;
        var trainer = newTrainer(job.Job);
        try
        {
            trainer.Restore(Path.Combine(job.CheckpointFolder, CampaignFolder.TrainerFile));
            if (trainer.Epoch >= job.Job.FromEpochs && trainer.Epoch <= (job.StopsAt ?? job.Job.ToEpochs)
                && Measured(job, trainer.Epoch) is { } measurements)
                return new TrainingCourse(job, trainer, measurements);
        }
        catch (Exception damage) when (damage is CheckpointException or IOException or JsonException)
        {
            // A checkpoint only saves time; without it the epochs are trained again and give the same bits. `doctor` reports damaged ones.
        }

        trainer.Dispose();
        return null;
    }

    /// <summary>Reports the measurements from before the job was interrupted; false when the trial shall stop.</summary>
    private bool ReportEarlier() => _measurements.TrueForAll(measurement =>
    {
        if (measurement.Signals is { } signals)
            _job.Note(signals);
        return Report(measurement);
    });

    private bool Report(Measurement measurement)
    {
        _reported = measurement.Epoch;
        return _job.Report(measurement.Epoch, measurement.Metrics);
    }

    /// <summary>Trains one epoch and reports it; false when the trial shall stop.</summary>
    /// <exception cref="DivergenceException">Training has left the numbers.</exception>
    private bool TrainEpoch(CancellationToken stop)
    {
        var needed = Trainer.Epoch + 1 >= _job.Job.ToEpochs ? MeasuredFigures.All : _needed;
        var epoch = Trainer.TrainEpoch(needed, stop);
        // With early stopping the weights are the best epoch's again, so the last measurement is made of them.
        var (train, dev) = Trainer.StoppedEarly ? Trainer.Evaluate() : (epoch.Train, epoch.Dev);
        _all = Trainer.StoppedEarly || needed == MeasuredFigures.All ? (train, dev) : null;
        var metrics = TrainingMetrics.Of(_figures, train, dev);
        _measurements.Add(new Measurement(epoch.Epoch, metrics));
        if (_measurements.Count == 1)
            NoteSignals();
        var goOn = Report(_measurements[^1]);
        if (_measurements.Count > 1 && (!goOn || IsOver || Trainer.Divergence is not null))
            NoteSignals();
        return Trainer.Divergence is { } divergence ? throw new DivergenceException(divergence) : goOn;
    }

    /// <summary>Tells all figures of the last epoch, however the job ended.</summary>
    private void ReportLast()
    {
        if (_reported == 0 || _reported != Trainer.Epoch)
            return; // a trial that was stopped at an epoch before its checkpoint's has what was reported of it
        var (train, dev) = _all ?? Trainer.Evaluate();
        _job.ReportLast(TrainingMetrics.Of(TrainingMetrics.OfTrial, train, dev));
    }

    /// <summary>Tells how large the signals of the last epoch are: of the first and the last epoch of the job.</summary>
    private void NoteSignals()
    {
        MeasureSignals();
        if (_measurements[^1].Signals is { } signals)
            _job.Note(signals);
    }

    /// <summary>Reads the signals off the networks; those of a restored training are with its measurements.</summary>
    private void MeasureSignals()
    {
        if (_measurements.Count > 0 && _measurements[^1] is { Signals: null } last && Trainer.Signals is { } layers)
            _measurements[^1] = last with { Signals = new(last.Epoch, [.. layers.Activations], [.. layers.Gradients]) };
    }

    /// <summary>Saves the measurements, then the trainer: so the measurements on disk are never behind it.</summary>
    /// <exception cref="StoreException">The checkpoint cannot be written: that is no fault of the trial, so it stops the campaign instead
    /// of failing the trial.</exception>
    private void Save()
    {
        MeasureSignals();
        try
        {
            var json = JsonSerializer.SerializeToUtf8Bytes(new Measurements(_measurements), MeasurementJson.Default.Measurements);
            SealedJson.Write(Path.Combine(_job.CheckpointFolder, CampaignFolder.MeasurementsFile), json);
            Trainer.Save(Path.Combine(_job.CheckpointFolder, CampaignFolder.TrainerFile));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(
                $"The checkpoint of trial {_job.Job.Trial} cannot be written: {failure.Message} Acknowledged outcomes stay; make "
                + "room, then resume the campaign.", failure)
            {
                Job = _job.Job,
            };
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

/// <summary>The measurements after an epoch, and how large the network's signals were in it.</summary>
internal sealed record Measurement(int Epoch, IReadOnlyDictionary<string, double> Metrics, SignalNorms? Signals = null);

/// <summary>All of a checkpoint, as its file has them.</summary>
internal sealed record Measurements(List<Measurement> Epochs);

[JsonSourceGenerationOptions(
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Measurements))]
internal sealed partial class MeasurementJson : JsonSerializerContext;

/// <summary>A token that is cancelled some time after another, so that work that is nearly done can be finished.</summary>
internal sealed class DelayedStop : IDisposable
{
    private readonly CancellationTokenSource _late = new();
    private readonly CancellationTokenRegistration _registration;
    private ITimer? _timer;

    public DelayedStop(TimeSpan grace, TimeProvider time, CancellationToken stop)
    {
        Token = _late.Token;
        _registration = stop.Register(() => _timer = time.CreateTimer(_ => _late.Cancel(), null, grace, Timeout.InfiniteTimeSpan));
    }

    public CancellationToken Token { get; }

    public void Dispose()
    {
        _registration.Dispose();
        _timer?.Dispose();
    }
}
