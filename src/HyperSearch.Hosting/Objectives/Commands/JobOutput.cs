using System.Text;

namespace HyperSearch.Hosting.Objectives.Commands;

/// <summary>Distributes a job's output: measurements go to the reporter, every line to the log, the last ones into memory.</summary>
internal sealed class JobOutput(JobReporter reporter, JobLog log) : IOutputSink
{
    private readonly RecentLines _recent = new();
    private bool _hasMeasured;

    /// <summary>
    /// Sees every answer first, for the worker protocol; it gives the measurement in it that is to be passed on, or <c>null</c>.
    /// </summary>
    public Func<Answer, Answer?>? Protocol { get; init; }

    /// <summary>The last lines, for the message of a failure.</summary>
    public string Recent => _recent.ToString();

    /// <summary>Tells the job about the command's other output, if no measurement had the metric.</summary>
    public void ExplainMissingMetric() => reporter.ExplainMissingMetric(_recent);

    /// <inheritdoc/>
    public void Output(ReadOnlySpan<byte> line, bool cut)
    {
        _recent.Add(Encoding.UTF8.GetString(line), isError: false);
        log.Output(line);
        if (cut && line.TrimStart(" \t"u8).StartsWith("{"u8))
            _recent.Lost = line.IndexOf(Encoding.UTF8.GetBytes($"\"{reporter.Metric}\"")) >= 0 ? $"{reporter.Metric} in a line" : "a line";
        if (cut)
            log.Note($"the line above was longer than {LineSplitter.DefaultLimit >> 20} MiB: it was cut, and not read as a measurement");
        var answer = cut ? null : AnswerReader.Read(line) ?? AnswerReader.ReadAfterPrefix(line, reporter.Metric);
        if (answer is { HasWrongEpoch: true })
            log.Note($"the epoch of the line above is no {MissingMetric.RightEpoch}, so it was not read as a measurement");
        log.IsKept |= answer is null || (_hasMeasured && answer.IsMeasurement); // a lone measurement is all in the outcome
        if (answer is not null && Protocol is not null)
            answer = Protocol(answer);
        if (answer is not { IsMeasurement: true })
            return;
        _hasMeasured = true;
        reporter.Take(answer);
    }

    /// <inheritdoc/>
    public void Error(ReadOnlySpan<byte> line, bool cut)
    {
        _recent.Add(Encoding.UTF8.GetString(line), isError: true);
        log.IsKept = true;
        log.Error(line);
    }
}
