using System.Globalization;
using HyperSearch.Analysis;

namespace HyperSearch.Hosting.Objectives.Commands;

/// <summary>
/// Passes a command's measurements on as the epochs of a job: ascending, beyond the epochs that the trial had, and with the measurements
/// that an earlier attempt at the job had measured before its checkpoint.
/// </summary>
/// <remarks>
/// An attempt that goes on from the checkpoint of one that was killed measures only the rest; the epochs before are taken from the earlier
/// attempt's log,
/// so the curve, and every stop rule, sees the same as an uninterrupted job would have shown. Where some of them were never read, as when
/// we were killed together with the attempt, the job <see cref="LacksEpochs"/>, and only training it again from the start can tell them.
/// </remarks>
/// <param name="job">The job that is told.</param>
/// <param name="earlier">The measurements of earlier attempts, by epoch.</param>
/// <param name="again">Whether there was an earlier attempt, so that the command may go on from an epoch that nobody saw.</param>
internal sealed class JobReporter(IJobContext job, SortedDictionary<int, Answer> earlier, bool again)
{
    private const string CountedFromZero = "The command measured epoch 0, and epochs count from 1. If that was its first epoch, print "
        + "epoch + 1: as it is, each value stands one epoch too early in the curve. If it measured before its first epoch, all is well: "
        + "that value is left out.";

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private int _last = job.Job.FromEpochs;
    private bool _any, _lacksMetric = true;
    private int? _first;
    private Answer? _aside, _lastPassed;

    /// <summary>Whether the command may go on for as many epochs as it likes, because the search gives it no budget.</summary>
    public bool IsOpenEnded { get; init; }

    /// <summary>The metric of the search.</summary>
    public string Metric => job.Metric;

    /// <summary>Whether the job is to go on; once false it stays so, and nothing more is passed on.</summary>
    public bool GoesOn { get; private set; } = true;

    /// <summary>
    /// Whether the command went on from a checkpoint that is ahead of its known measurements; then nothing is passed on.
    /// </summary>
    public bool LacksEpochs { get; private set; }

    /// <summary>The last epoch passed on; before the first, the epoch that the job starts from.</summary>
    public int LastEpoch => _last;

    /// <summary>
    /// How the command went past its budget, for people; <c>null</c> while it did not. Nothing is passed on after that, and it is told to
    /// stop: the value at the budget counts.
    /// </summary>
    public string? Excess { get; private set; }

    /// <summary>Takes a measurement.</summary>
    /// <exception cref="CommandFailedException">It went past its budget and had measured nothing before.</exception>
    public void Take(Answer answer)
    {
        if (!GoesOn)
            return;
        var epoch = answer.Epoch ?? _last + 1;
        if (_first is null && epoch == 0)
            job.Warn(CountedFromZero);
        _first ??= epoch;
        if (epoch > job.Job.ToEpochs && !IsOpenEnded)
        {
            Exceed(epoch);
            return;
        }

        if (!_any)
            Replay(epoch, leap: true);
        if (epoch > _last || (_any && epoch == _last))
            Pass(epoch, answer);
        else
            _aside = answer;
    }

    /// <summary>At the end of a job that went well: a job that had nothing left to do reports the known measurements.</summary>
    public void Finish()
    {
        if (!_any)
            Replay(job.Job.ToEpochs + 1, leap: false);
        if (!_any && _aside is { } answer)
            Pass(Math.Max(1, _last), answer);
        else if (CountsFromZero)
            Pass(job.Job.ToEpochs, _lastPassed!);
    }

    /// <summary>Says why no measurement has the metric, if none has, or the last one has not.</summary>
    /// <param name="recent">The last lines that the command printed.</param>
    public void ExplainMissingMetric(RecentLines recent)
    {
        if (GoesOn && _lacksMetric)
            job.ExplainMissingMetric(MissingMetric.Explain(job.Metric, _names, recent));
    }

    /// <summary>
    /// Whether the last measurement is one epoch short and the first says the epoch that the job began with: the command counts its epochs
    /// from 0.
    /// </summary>
    public bool CountsFromZero => !IsOpenEnded && _lastPassed is not null && _last == job.Job.ToEpochs - 1
        && (_first == 0 || (_first == job.Job.FromEpochs && _first > 0));

    private static string Shortened(string number) => number.Length <= 24 ? number : string.Concat(number.AsSpan(0, 20), "…");

    private void Exceed(int epoch)
    {
        var budget = Figures.Count(job.Job.ToEpochs, "epoch");
        if (!_any)
        {
            throw new CommandFailedException(string.Create(CultureInfo.InvariantCulture,
                $"The command measured epoch {epoch}, beyond its budget of {budget} (HYPERSEARCH_EPOCHS), and nothing until then. It " +
                $"should measure at the epoch where it is to stop."));
        }

        (Excess, GoesOn) = (FormattableString.Invariant(
            $"it went past its budget of {budget} (HYPERSEARCH_EPOCHS) and was told to stop; the value of epoch {_last} counts"), false);
    }

    /// <summary>Passes on the measurements before an epoch, unless something lies between that nobody saw.</summary>
    /// <param name="before">The first epoch that the command tells of now.</param>
    /// <param name="leap">Whether it may leave out as many epochs at a time as it did before.</param>
    private void Replay(int before, bool leap)
    {
        var known = earlier.Where(pair => pair.Key > job.Job.FromEpochs && pair.Key < before).ToList();
        var steps = known.Select((pair, i) => pair.Key - (i == 0 ? job.Job.FromEpochs : known[i - 1].Key));
        var longest = leap ? steps.DefaultIfEmpty(1).Max() : 1;
        if (again && before - (known.Count == 0 ? job.Job.FromEpochs : known[^1].Key) > longest)
            (LacksEpochs, GoesOn) = (true, false);
        foreach (var (epoch, answer) in known)
            Pass(epoch, answer);
    }

    private void Pass(int epoch, Answer answer)
    {
        if (!GoesOn)
            return;
        (_any, _last, _lastPassed) = (true, epoch, answer);
        _lacksMetric = !answer.Metrics.ContainsKey(job.Metric);
        if (_lacksMetric)
            _names.UnionWith(answer.Metrics.Keys.Take(MissingMetric.MostNames));
        if (answer.Written.TryGetValue(job.Metric, out var written))
            job.ExplainDivergence($"{job.Metric} was {(written == "null" ? written : $"{Shortened(written)}, too large for a double,")}");
        GoesOn = job.Report(epoch, answer.Metrics);
    }
}
