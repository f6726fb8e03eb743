using System.Text;

namespace HyperSearch.Hosting.Objectives.Commands;

/// <summary>What becomes of a job's output: measurements go to the reporter, every line to the log, the last ones into memory.</summary>
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

    /// <inheritdoc/>
    public void Output(ReadOnlySpan<byte> line, bool cut)
    {
        _recent.Add(Encoding.UTF8.GetString(line));
        log.Output(line);
        if (cut)
            log.Note($"the line above was longer than {LineSplitter.DefaultLimit >> 20} MiB: it was cut, and not read as a measurement");
        var answer = cut ? null : AnswerReader.Read(line);
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
        _recent.Add(Encoding.UTF8.GetString(line));
        log.IsKept = true;
        log.Error(line);
    }
}
