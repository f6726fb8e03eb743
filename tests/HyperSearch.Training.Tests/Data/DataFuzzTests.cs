using System.Diagnostics;
using System.Globalization;
using HyperSearch.Numerics;
using HyperSearch.Training.Data;

namespace HyperSearch.Training.Tests.Data;

/// <summary>Data files of every kind, whole and damaged: the loader gives the values that an independent reading gives, or says which file
/// is wrong.</summary>
public sealed class DataFuzzTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    private static readonly Func<RandomStream, DataCase>[] Kinds =
    [
        TableCase.Good, TableCase.Good, TableCase.WithHoles, TableCase.Wrong, TableCase.Wrong, TableCase.Wrong, ArrayCase.Numpy,
        ArrayCase.Matrix, ArrayCase.Idx, ArrayCase.PictureFolder,
    ];

    [Fact(Timeout = 7_200_000)]
    public void Load_OfAnyFile_GivesItsValuesOrSaysWhichIsWrong()
    {
        var (loaded, compared, refused, violations) = (0, 0, 0, new List<string>());
        foreach (var number in Numbers())
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            var random = RandomStream.For(14, (ulong)number, "data files");
            var data = Kinds[random.NextInt(Kinds.Length)](random);
            if (data.MustLoad && random.Happens(0.5))
                data = Damaged(data, random);
            switch (Outcome(data))
            {
                case (null, var same):
                    loaded++;
                    compared += same ? 1 : 0;
                    break;
                case ("", _):
                    refused++;
                    break;
                case (var violation, _):
                    violations.Add($"case {number}: {violation}");
                    break;
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{loaded} loaded, of which {compared} were compared with an independent reading; {refused} refused; "
            + $"{violations.Count} violations");
        Assert.True(violations.Count == 0, string.Join('\n', violations));
    }

    /// <summary>The numbers of the cases: some, or as many as HYPERSEARCH_DATA_ROUNDS says, or the one that HYPERSEARCH_CASE
    /// names.</summary>
    private static IEnumerable<int> Numbers()
    {
        static int? Number(string name) => int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None,
            CultureInfo.InvariantCulture, out var number) ? number : null;
        return Number("HYPERSEARCH_CASE") is { } only ? [only] : Enumerable.Range(0, Number("HYPERSEARCH_DATA_ROUNDS") ?? 120);
    }

    private static DataCase Damaged(DataCase data, RandomStream random)
    {
        var name = data.Files.Keys.Order(StringComparer.Ordinal).ElementAt(random.NextInt(data.Files.Count));
        var bytes = data.Files[name];
        var damaged = ByteDamage.To(bytes, random);
        var isTable = name.EndsWith(".csv", StringComparison.Ordinal);
        // checksums guard zipped files and pictures: the whole or nothing
        var isSealed = bytes is [0x1f, 0x8b, ..] || name.EndsWith(".png", StringComparison.Ordinal);
        return data.With(name, damaged, damaged.SequenceEqual(bytes) || isSealed ? data.Expected
            : isTable && data.Source.Path == "holes.csv" ? set => TableCase.Reference(damaged, set) : null);
    }

    /// <summary>What came of it: nothing when it loaded (and whether it was compared), an empty text when it was refused as it
    /// should be, else what is wrong.</summary>
    private static (string? Violation, bool Compared) Outcome(DataCase data)
    {
        using var files = new Files();
        foreach (var (name, content) in data.Files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(files.Folder, name))!);
            files.Write(name, content);
        }

        var began = Stopwatch.GetTimestamp();
        try
        {
            using var set = files.Load(data.Source);
            if (data.Expected?.Invoke(set)?.Order(StringComparer.Ordinal).ToList() is not { } expected)
                return (null, false);
            var seen = LoadedRows.Of(set);
            var other = seen.Zip(expected).FirstOrDefault(pair => pair.First != pair.Second);
            return seen.Count == expected.Count && other == default ? (null, true)
                : ($"{seen.Count} rows loaded, {expected.Count} expected; loaded {Short(other.First)}, "
                    + $"expected {Short(other.Second)}", true);
        }
        catch (DataException refusal)
        {
            return data.MustLoad ? ($"refused although it is right: {Short(refusal.Message)}", false)
                : data.Files.Keys.Any(name => refusal.Message.Contains(name, StringComparison.Ordinal))
                    || refusal.Message.Contains(files.Folder, StringComparison.Ordinal) ? ("", false)
                : ($"names no file: {Short(refusal.Message)}", false);
        }
        catch (Exception failure) when (failure is not Xunit.Sdk.XunitException)
        {
            return (failure.ToString(), false);
        }
        finally
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < Longest);
        }
    }

    private static string Short(string? text) => text is { Length: > 400 } ? text[..400] + "…" : text ?? "nothing";
}
