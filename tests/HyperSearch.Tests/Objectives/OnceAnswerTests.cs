using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Objectives.Commands;

namespace HyperSearch.Tests.Objectives;

/// <summary>A command of its own for each job: what is read from its answers and its end.</summary>
public class OnceAnswerTests : CommandFixture
{
    [Fact]
    public void Run_ReportsMeasurementsAndLogsTheRest()
    {
        var objective = Shell("""
            echo loading
            echo '{"epoch": 1, "dev_error": 0.5}'
            echo careful >&2
            echo '{"dev_error": NaN, "name": "x"}'
            printf '{"epoch": 3, "dev_error": 0.25}'
            """);
        var job = Job();
        Run(objective, job);
        Assert.Equal([1, 2, 3], job.Epochs);
        Assert.Equal([0.5, double.NaN, 0.25], job.Reports.Select(report => report.Metrics["dev_error"]));
        Assert.Contains("\nloading\n", job.Log, StringComparison.Ordinal);
        Assert.Contains("\n! careful\n", job.Log, StringComparison.Ordinal);
        Assert.Contains("# ended with exit code 0\n", job.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exit 3", "exit code 3 after epoch 2.")]
    [InlineData("kill -KILL $$", "signal 9 (SIGKILL, as when memory runs out) after epoch 2.")]
    [InlineData("kill -SEGV $$", "signal 11 (SIGSEGV)")]
    public void Run_SaysHowTheCommandFailedAndWhatItSaidLast(string end, string expected)
    {
        var objective = Shell($$"""
            seq 1 30
            echo '{"epoch": 2, "dev_error": 0.5}'
            echo "out of luck" >&2
            {{end}}
            """);
        var failure = Assert.Throws<TransientFailureException>(() => Run(objective, Job()));
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.Contains("It last printed:\n", failure.Message, StringComparison.Ordinal);
        Assert.Contains("  out of luck", failure.Message, StringComparison.Ordinal);
        Assert.Contains("  30\n", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("  9\n", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ReportsNothingWhereNothingIsMeasured()
    {
        var job = Job();
        Run(Shell("echo \"{'dev_error': 1}\""), job);
        Assert.Empty(job.Reports);
        Assert.Contains("how Python shows a dict", job.MissingMetric, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""echo '{"Dev_Error": 1}'""", "It printed Dev_Error; did you mean that?")]
    [InlineData("""echo '{"loss": 1, "dev_eror": 1}'""", "did you mean \"dev_error\"?|Did you mean \"dev_eror\"?")]
    [InlineData("""printf '{\n  "dev_error": 1\n}\n'""", "It printed JSON over several lines")]
    [InlineData("""echo '{"dev_error": 1}' >&2""", "to standard error")]
    [InlineData("""echo '{"dev_error": "0.5"}'""", "as the text \"0.5\"")]
    [InlineData("""echo '{"dev_error": true}'""", "It printed dev_error as true; print a number.")]
    [InlineData("""printf '{"dev_error": 1, "x": "'; head -c 2000000 /dev/zero | tr '\\0' y; echo '"}'""",
        "It printed dev_error in a line longer than 1 MiB, which was cut and not read")]
    [InlineData("""echo '{"metrics": {"dev_error": 1}}'""", "inside another object")]
    [InlineData("""echo '[{"dev_error": 1}]'""", "It printed a list")]
    [InlineData("""echo 'done, dev_error = 1'""", "is no JSON object")]
    [InlineData("""echo '{"epoch": 1.5, "dev_error": 1}'""", "no whole number from 0 to 2147483647")]
    [InlineData("""echo '{"epoch": 9007199254740993, "dev_error": 1}'""", "no whole number from 0 to 2147483647")]
    [InlineData("""echo '{"dev_error": 0,5}'""", "It printed dev_error as 0,5, which is no JSON; print {\"epoch\"")]
    [InlineData("""echo '{"epoch": 1, "dev_error": nan, "x": 1}'""", "It printed dev_error as nan, which is no JSON")]
    [InlineData("""echo '{"dev_error": 0.5,}'""", "It printed {\"dev_error\": 0.5,}, which is no JSON")]
    [InlineData("""echo '{"dev_error": None}'""", "It printed dev_error as None, which is no JSON")]
    [InlineData("""printf '{"x": "'; head -c 2000000 /dev/zero | tr '\\0' y; echo '", "dev_error": 1}'""",
        "It printed a line longer than 1 MiB")]
    [InlineData("true", "It printed nothing.")]
    public void Run_NamesANearMiss(string script, string expected)
    {
        var job = Job();
        Run(Shell(script), job);
        Assert.StartsWith("The command reported no dev_error.", job.MissingMetric, StringComparison.Ordinal);
        Assert.True(expected.Split('|').Any(one => job.MissingMetric!.Contains(one, StringComparison.Ordinal)), job.MissingMetric);
    }

    [Theory]
    [InlineData("""echo 'INFO: {"dev_error": 0.5}'""")]
    [InlineData("""echo 'options: {"lr": 0.1}'; echo '12:00 root {"epoch": 1, "dev_error": 0.5}'; echo '{"lr": 1} and more'""")]
    [InlineData("""printf '\r 10%%|#   |\r 100%%|####|'; echo '{"dev_error": 0.5}'""")]
    [InlineData("""printf '\r 10%%|#   |\r{"dev_error": 0.5}\r 100%%|####|\r'""")]
    public void Run_ReadsAMeasurementAfterAPrefixOrAProgressBar(string script)
    {
        var job = Job();
        Run(Shell(script), job);
        Assert.Equal([0.5], job.Reports.Select(report => report.Metrics["dev_error"]));
        Assert.Null(job.MissingMetric);
    }

    [Theory]
    [InlineData(0, "0 1 2", new[] { 1, 2, 3 })]
    [InlineData(0, "0 1 2 3", new[] { 1, 2, 3 })]
    [InlineData(1, "1 2", new[] { 2, 3 })]
    [InlineData(0, "1 2", new[] { 1, 2 })]
    public void Run_UnderstandsEpochsFromZero(int from, string epochs, int[] expected)
    {
        var job = Job(from: from);
        var script = $$"""for e in {{epochs}}; do echo "{\"epoch\": $e, \"dev_error\": 0.$e}"; done""";
        Run(Shell(script, change: definition => definition with { Epochs = 9 }), job);
        Assert.Equal(expected, job.Epochs);
        Assert.Equal(epochs[0] == '0' ? 1 : 0, job.Warnings.Count); // at the first measurement, when nobody can tell the two apart
        Assert.Equal(double.Parse("0." + epochs[^1], System.Globalization.CultureInfo.InvariantCulture), job.Value);
    }

    [Fact]
    public void Run_RefusesAMeasurementBeyondTheBudgetWithNothingBefore()
    {
        var objective = Shell("""echo '{"epoch": 5, "dev_error": 0.5}'""", change: definition => definition with { Epochs = 9 });
        var failure = Assert.Throws<CommandFailedException>(() => Run(objective, Job(to: 3)));
        Assert.Contains("measured epoch 5, beyond its budget of 3 epochs", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_TakesItThatACommandMeasuresEveryOtherEpoch()
    {
        var job = Job(to: 8);
        Directory.CreateDirectory(Path.GetDirectoryName(job.LogPath)!);
        File.WriteAllText(job.LogPath, "{\"epoch\": 2, \"dev_error\": 0.2}\n");
        Run(Shell("""for e in 4 6 8; do echo "{\"epoch\": $e, \"dev_error\": 0.$e}"; done"""), job);
        Assert.Equal([2, 4, 6, 8], job.Epochs);
    }

    [Fact]
    public void Run_SurvivesGarbage()
    {
        var job = Job();
        Run(Shell("""
            head -c 3000000 /dev/zero
            head -c 100000 /dev/urandom
            echo
            head -c 1500000 /dev/zero | tr '\0' 'x' >&2
            printf '\n{"dev_error": 0.5}'
            """), job);
        Assert.Equal(0.5, job.Value);
        Assert.Contains("was longer than 1 MiB", job.Log, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_GoesOnWithoutALogThatCannotBeWritten()
    {
        Write("logs", "a file where the folder should be");
        var job = Job();
        Run(Shell("""echo '{"dev_error": 0.5}'"""), job);
        Assert.Equal(0.5, job.Value);
    }

    private void Run(CommandObjective objective, FakeJob job) => objective.Run(job, Cancelled);
}
