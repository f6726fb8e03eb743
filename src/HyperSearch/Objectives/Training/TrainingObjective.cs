using HyperSearch.Campaigns;
using HyperSearch.Spaces;
using HyperSearch.Training;
using HyperSearch.Training.Data;

namespace HyperSearch.Objectives.Training;

/// <summary>The built-in trainer on a data set that is loaded and split once and shared by all trials.</summary>
/// <remarks>
/// A job that was killed goes on from its last checkpoint. A checkpoint saves time and nothing else: training is a function of
/// (data, hyperparameters, seed), so where one is missing or damaged the epochs are trained again and give the same bits.
/// </remarks>
/// <param name="data">The data; disposed with the objective.</param>
/// <param name="epochs">The full budget of a trial, which learning-rate decays need to know.</param>
/// <param name="time">The clock that says when a checkpoint is due.</param>
public sealed class TrainingObjective(Dataset data, int epochs, TimeProvider time) : IObjective, IWinnerJudge, IDisposable
{
    /// <summary>How much work a kill may cost at most, where an epoch takes less.</summary>
    private static readonly TimeSpan CheckpointInterval = TimeSpan.FromSeconds(10);

    /// <summary>How long an interrupted job may go on to reach the end of its epoch, where it can be saved.</summary>
    private static readonly TimeSpan EpochGrace = TimeSpan.FromSeconds(2);

    /// <summary>The data, split as the campaign's seed says.</summary>
    public Dataset Data => data;

    /// <summary>Loads the data of a definition.</summary>
    /// <param name="definition">What the search file says.</param>
    /// <param name="seed">The campaign's seed, which splits the data.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="DataException">The data cannot be read or used.</exception>
    public static TrainingObjective Load(TrainingDefinition definition, ulong seed, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return new TrainingObjective(DatasetLoader.Load(definition.Data, seed), definition.Epochs, time);
    }

    /// <inheritdoc/>
    public double WorkPerEpoch(Point point) => Trainer.WorkPerEpoch(data, OptionsOf(point));

    /// <inheritdoc/>
    public void Run(IJobContext job, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(job);
        using var patient = new PatientToken(EpochGrace, time, stop);
        var course = TrainingCourse.Resume(job, data, NewTrainer) ?? TrainingCourse.Begin(job, data, NewTrainer, patient.Token);
        using (course.Trainer)
        {
            if (!course.ReportEarlier())
                return;
            var saved = time.GetTimestamp();
            while (!course.IsOver)
            {
                if (!course.TrainEpoch(patient.Token))
                    return;
                if (stop.IsCancellationRequested || time.GetElapsedTime(saved) >= CheckpointInterval)
                {
                    course.Save();
                    saved = time.GetTimestamp();
                    stop.ThrowIfCancellationRequested();
                }
            }

            if (job.Job.ToEpochs < epochs && !course.Trainer.StoppedEarly)
                course.Save();
        }
    }

    /// <inheritdoc/>
    public Verdict? Judge(Job winner, string modelPath, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(winner);
        using var trainer = NewTrainer(winner);
        while (trainer.Epoch < winner.ToEpochs && !trainer.StoppedEarly)
            trainer.TrainEpoch(stop);
        trainer.ToModel(data.Test).Save(modelPath);
        return data.Test.Rows == 0 ? null : new Verdict(winner.Trial, TrainingMetrics.Of("test", trainer.Evaluate(data.Test)), data.Test.Rows);
    }

    /// <inheritdoc/>
    public void Dispose() => data.Dispose();

    private Trainer NewTrainer(Job job) => new(data, OptionsOf(job.Point), job.Seed);

    private TrainerOptions OptionsOf(Point point)
    {
        var values = point.ToDictionary(pair => pair.Key, pair => pair.Value.Boxed, StringComparer.Ordinal);
        values["epochs"] = (double)epochs;
        return TrainerOptions.From(values);
    }
}
