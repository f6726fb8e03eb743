using System.Globalization;
using System.Text.Json;
using HyperSearch.Cli.Tests.EndToEnd;
using HyperSearch.Hosting.Stores;
using HyperSearch.Numerics;
using HyperSearch.Tests;

namespace HyperSearch.Cli.Tests.Drivers;

/// <summary>Damaged folders of campaigns: reading gives the truth or a sentence, and a repaired campaign that resumes ends as it would
/// have.</summary>
public sealed class FolderDamageTests : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private static readonly string[][] Looks =
    [
        ["status", "{}"], ["status", "{}", "--json"], ["rank", "{}"], ["rank", "{}", "--top", "3", "--json"], ["show", "{}", "0"],
        ["best", "{}"],
        ["best", "{}", "--json"], ["export", "{}", "--format", "csv"], ["export", "{}", "--format", "jsonl"], ["diagnose", "{}"],
        ["importance", "{}"], ["compare", "{}", "{}"], ["logs", "{}", "0"], ["list"], ["list", "--json"], ["doctor", "{}"],
        ["doctor", "{}", "--json"],
        ["predict", "{}", "points.csv"], ["rank", "{}", "--where", "learning_rate > 0.01"],
    ];

    private readonly Workplace _place = new();
    private readonly Dictionary<string, (HashSet<string> Facts, string Ranking, byte[] Model)> _whole = [];

    public FolderDamageTests()
    {
        _place.Write("worker.py", DamageKind.Program);
        _place.Write("points.csv", Workplace.Points(150));
    }

    public void Dispose() => _place.Dispose();

    [Fact(Timeout = 7_200_000)]
    public async Task RepairAndResume_OfADamagedFolder_EndAsTheUndamagedRunOrSayWhatIsLost()
    {
        Assert.SkipUnless(Programs.Exist("python3"), "python3 is not installed");
        foreach (var kind in DamageKind.All)
            await RunAsync(kind); // all, because files of one land among another's
        var (same, told, violations) = (0, 0, new List<string>());
        foreach (var number in Rounds.Of("HYPERSEARCH_DAMAGE_ROUNDS", 12))
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            var kind = DamageKind.All[number % DamageKind.All.Count];
            var damage = Damaged(kind, number);
            var outside = Outside(kind);
            var (violation, endsTheSame) = await ViolationAsync(kind, damage.IsForeign);
            if (violation is null && Outside(kind) is var after && after != outside)
                violation = $"something outside the campaign changed: {outside} became {after}";
            if (violation is not null)
                Rounds.Tell(violations, $"case {number}, {kind.Name} ({string.Join("; ", damage.Done)}): {violation}");
            _ = endsTheSame ? same++ : told++;
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{same} folders ended with the ranking of the undamaged run, {told} with a sentence; {violations.Count} violations");
        Assert.True(violations.Count == 0, string.Join('\n', violations));
    }

    /// <summary>Runs a campaign of a kind and remembers all that is true of it.</summary>
    private async Task RunAsync(DamageKind kind)
    {
        _place.Write($"{kind.Name}.yaml", kind.Search);
        Assert.Equal(0, (await At("whole", "run", _place.PathOf($"{kind.Name}.yaml")))!.Code);
        if (kind.First > 0)
            Assert.Equal(0, (await At("whole", "resume", kind.Name, "--trials", kind.Trials.ToString(CultureInfo.InvariantCulture)))!.Code);
        var folder = new CampaignFolder(_place.PathOf($"whole/{kind.Name}"));
        var facts = Hosting.Campaigns.Campaign.Open(folder).ReadOutcomes()
            .Select(outcome => Fact(outcome.Trial, outcome.ToEpochs, outcome.Value)).ToHashSet();
        _whole.Add(kind.Name, (facts, await RankingAsync("whole", kind) ?? throw new InvalidOperationException(),
            File.Exists(folder.ModelPath) ? await File.ReadAllBytesAsync(folder.ModelPath) : []));
    }

    /// <summary>A copy of a campaign, damaged, beside a stranger's files.</summary>
    private FolderDamage Damaged(DamageKind kind, int number)
    {
        foreach (var old in (string[])[_place.PathOf("case"), _place.PathOf("outside")])
        {
            if (Directory.Exists(old))
                Directory.Delete(old, recursive: true);
        }

        Copy(_place.PathOf($"whole/{kind.Name}"), Campaign(kind));
        var outside = Directory.CreateDirectory(_place.PathOf("outside/deep")).Parent!.FullName;
        File.WriteAllText(Path.Combine(outside, "thesis.txt"), "thesis");
        File.WriteAllText(Path.Combine(outside, "deep", "000001"), "data");
        var damage = new FolderDamage(Campaign(kind), outside, [.. DamageKind.All.Select(other => _place.PathOf($"whole/{other.Name}"))],
            RandomStream.For(14, (ulong)number, "folders"));
        damage.Apply();
        return damage;
    }

    private string Campaign(DamageKind kind) => _place.PathOf($"case/{kind.Name}");

    private async Task<(string? Violation, bool EndsTheSame)> ViolationAsync(DamageKind kind, bool isForeign)
    {
        foreach (var look in Looks)
        {
            if (await LookAsync(kind, look, isForeign) is { } wrong)
                return (wrong, false);
        }

        var healthy = new List<string>();
        foreach (var step in (string[][])[["doctor", kind.Name, "--repair"], ["doctor", kind.Name]])
        {
            var finished = await At("case", step);
            if (WrongWith(finished) is { } wrong)
                return ($"{string.Join(' ', step)}: {wrong}", false);
            healthy.Add(finished!.Output);
        }

        var resumed = await At("case", "resume", kind.Name);
        if (WrongWith(resumed) is null && resumed!.Code == 0 && kind.First > 0)
            resumed = await At("case", "resume", kind.Name, "--trials", kind.Trials.ToString(CultureInfo.InvariantCulture));
        if (WrongWith(resumed) is { } fault)
            return ($"resume: {fault}", false);
        if (resumed!.Code != 0)
            return (null, false); // it said why
        if (resumed.Error.Contains("Taken from the edited", StringComparison.Ordinal))
            return (null, false); // damage that reads like an edit, and was told
        foreach (var look in Looks)
        {
            if (await LookAsync(kind, look, isForeign) is { } wrong)
                return ($"after resume: {wrong}", false);
        }

        var ranking = await RankingAsync("case", kind);
        if (ranking != _whole[kind.Name].Ranking)
            return ($"another ranking: {First(ranking, _whole[kind.Name].Ranking)}; doctor had said: {healthy[0]}", false);
        var model = Path.Combine(Campaign(kind), "model.bin");
        var examined = await At("case", "doctor", kind.Name);
        return !isForeign && _whole[kind.Name].Model is { Length: > 0 } whole && examined!.Code == 0
            && examined.Output.Contains("is healthy", StringComparison.Ordinal)
            && !(File.Exists(model) && File.ReadAllBytes(model).SequenceEqual(whole))
            ? ($"the model is {(File.Exists(model) ? "another" : "gone")}, and doctor calls the campaign healthy: {healthy[0]}", false)
            : (null, true);
    }

    private async Task<string?> LookAsync(DamageKind kind, string[] look, bool isForeign)
    {
        var finished = await At("case", [.. look.Select(word => word == "{}" ? kind.Name
            : word == "points.csv" ? _place.PathOf(word) : word)]);
        if (WrongWith(finished) is { } wrong)
            return $"{string.Join(' ', look)}: {wrong}";
        if (look[0] != "rank" || !look.Contains("--json") || finished!.Code != 0 || kind.Name == "confirmed" || isForeign)
            return null;
        return JsonDocument.Parse(finished.Output).RootElement.EnumerateArray()
            .Where(trial => trial.GetProperty("value").ValueKind == JsonValueKind.Number)
            .Select(trial => Fact(trial.GetProperty("trial").GetInt32(), trial.GetProperty("epochs").GetInt32(),
                trial.GetProperty("value").GetDouble()))
            .FirstOrDefault(fact => !_whole[kind.Name].Facts.Contains(fact)) is { } untrue
            ? $"rank tells what never was: {untrue}" : null;
    }

    private static string? WrongWith(Finished? finished) =>
        finished is null ? "hung"
        : InProcess.Blunder(finished) is { } blunder ? $"{blunder} ({finished.Error})"
        : finished.Code is not (0 or 1 or 2) ? $"exit code {finished.Code}: {finished.Error}"
        : finished.Code != 0 && finished.Error.Length + finished.Output.Length == 0 ? $"exit code {finished.Code} without a word"
        : null;

    private async Task<string?> RankingAsync(string results, DamageKind kind)
    {
        var rank = await At(results, "rank", kind.Name, "--json");
        return rank is { Code: 0 } ? Timeless.Text(JsonDocument.Parse(rank.Output).RootElement) : null;
    }

    private Task<Finished?> At(string results, params string[] words) =>
        InProcess.RunAsync(Longest, [.. words, "--results", _place.PathOf(results)]);

    private static string Fact(int trial, int epochs, double? value) =>
        string.Create(CultureInfo.InvariantCulture, $"trial {trial}, {epochs} epochs: {value:R}");

    private static string First(string? seen, string expected) => seen is null ? "none"
        : seen.Split('\n').Zip(expected.Split('\n')).Where(pair => pair.First != pair.Second)
            .Select(pair => $"{pair.First} instead of {pair.Second}").FirstOrDefault("of another length");

    /// <summary>All that lies beside the campaign, and where links lead.</summary>
    private string Outside(DamageKind kind) => Listing(_place.PathOf("case"), Campaign(kind)) + Listing(_place.PathOf("outside"), "");

    private static string Listing(string folder, string without) => string.Join("; ", Directory
        .EnumerateFileSystemEntries(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
        .Where(path => without.Length == 0 || (!path.StartsWith(without + "/", StringComparison.Ordinal) && path != without))
        .Order(StringComparer.Ordinal)
        .Select(path => $"{Path.GetRelativePath(folder, path)}={(File.Exists(path) ? File.ReadAllText(path) : "folder")}"));

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var path in Directory.EnumerateFileSystemEntries(from))
        {
            var target = Path.Combine(to, Path.GetFileName(path));
            if (Directory.Exists(path))
                Copy(path, target);
            else
                File.Copy(path, target);
        }
    }
}
