using System.Text.Json;

namespace HyperSearch.Cli.Tests.EndToEnd;

/// <summary>Values that shells, locales and careless programs break on arrive as they stand in the search file, and come back so;
/// <see cref="Workplace"/> runs everything under a locale with decimal commas.</summary>
public sealed class HostileValueTests
{
    private static readonly string[] Words =
    [
        "a b  c", "", " ", "it's \"quoted\" \\", "$(touch pwned) `touch pwned`; touch pwned & | > pwned * ~ !", "two\nlines\n",
        "tab\tand\rreturn",
        "-rf", "--words=x", "{word}", "ü — 字 🙂", "1,5", "1e-7", "true", "null", "%PATH% ${HOME}",
    ];

    /// <summary>A folder of results that puts everything into the checkpoint paths that words can hold.</summary>
    private const string Results = "-r $(touch pwned) `touch pwned`; 'q' \"d\"\nü — 字";

    private static readonly double[] Numbers = [1e-7, 0.1, 1.5e-10, -3, 65536, 9007199254740993];

    /// <summary>A text in which no brace names a parameter.</summary>
    private static string Literal(string text) =>
        text.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);

    [Theory]
    [InlineData("once")]
    [InlineData("worker")]
    public void Values_ArriveUnchangedAndComeBackUnchanged(string protocol)
    {
        using var place = new Workplace();
        place.Write("hostile.yaml", $$"""
            objective:
              command: [sh, script.sh{{(protocol == "once" ? ", \"{word}\", \"w={word}\", \"{number}\"" : "")}}]
              protocol: {{protocol}}
              keep_checkpoints: 1000
              env: {WORDS: {{JsonSerializer.Serialize(Literal(string.Concat(Words)))}} }
            minimize: loss
            space:
              word: {choice: {{JsonSerializer.Serialize(Words)}}}
              number: {choice: [{{string.Join(", ", Numbers.Select(number => JsonSerializer.Serialize(number)))}}]}
            method: {sampler: grid, trials: {{Words.Length * Numbers.Length}}, workers: 2}
            """);
        place.Write("script.sh", protocol == "once" ? Once : Worker);
        Directory.CreateDirectory(place.PathOf("seen"));
        var run = place.Run("run", "hostile.yaml", $"--results={Results}");
        Assert.True(run.Code == 0, run.Error);

        var trials = place.Read("rank", "hostile", $"--results={Results}").EnumerateArray().ToList();
        var expected = Words.SelectMany(word => Numbers.Select(number => (word, number))).Order().ToList();
        Assert.Equal(expected, trials.Select(trial => ValuesOf(trial.GetProperty("params"))).Order());
        var checkpoints = place.PathOf($"{Results}/hostile/checkpoints");
        foreach (var trial in trials)
        {
            var (number, seen) = (trial.GetProperty("trial").GetInt32(), ValuesOf(trial.GetProperty("params")));
            using var told = JsonDocument.Parse(File.ReadAllText(place.PathOf($"seen/{number}.json")));
            Assert.Equal(seen, ValuesOf(protocol == "once" ? told.RootElement : told.RootElement.GetProperty("params")));
            Assert.Equal(string.Concat(Words), File.ReadAllText(place.PathOf($"seen/{number}.words")));
            var folder = protocol == "once"
                ? File.ReadAllText(place.PathOf($"seen/{number}.folder"))
                : told.RootElement.GetProperty("checkpoint_dir").GetString();
            Assert.Equal(checkpoints, Path.GetDirectoryName(folder));
            if (protocol == "once")
            {
                var written = JsonSerializer.Serialize(seen.Number).Replace("E", "e", StringComparison.Ordinal);
                Assert.Equal(
                    $"{seen.Word}|w={seen.Word}|{written}|".Replace("e-07", "e-7", StringComparison.Ordinal),
                    File.ReadAllText(place.PathOf($"seen/{number}.arguments")));
            }
        }

        if (protocol == "once")
            Assert.Equal(trials.Count, Directory.GetFiles(checkpoints, "kept", SearchOption.AllDirectories).Length);
        Assert.False(File.Exists(place.PathOf("pwned")));
    }

    private static (string Word, double Number) ValuesOf(JsonElement point) =>
        (point.GetProperty("word").GetString()!, point.GetProperty("number").GetDouble());

    private const string Once = """
        printf '%s|' "$@" > "seen/$HYPERSEARCH_TRIAL.arguments"
        printf '%s' "$HYPERSEARCH_PARAMS" > "seen/$HYPERSEARCH_TRIAL.json"
        printf '%s' "$WORDS" > "seen/$HYPERSEARCH_TRIAL.words"
        printf '%s' "$HYPERSEARCH_CHECKPOINT_DIR" > "seen/$HYPERSEARCH_TRIAL.folder"
        touch "$HYPERSEARCH_CHECKPOINT_DIR/kept"
        echo '{"loss": 0.5}'
        """;

    private const string Worker = """
        while IFS= read -r line; do
          trial=${line#*'"trial":'}; trial=${trial%%,*}
          printf '%s' "$line" > "seen/$trial.json"
          printf '%s' "$WORDS" > "seen/$trial.words"
          echo "{\"trial\": $trial, \"loss\": 0.5, \"done\": true}"
        done
        """;
}
