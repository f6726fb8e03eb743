using System.Buffers.Binary;
using HyperSearch.Numerics;

namespace HyperSearch.Cli.Tests.Drivers;

/// <summary>Damages a campaign's folder by chance.</summary>
/// <param name="folder">The campaign's folder.</param>
/// <param name="outside">A folder of a stranger, where links lead.</param>
/// <param name="others">Folders of other campaigns, whose files land here.</param>
/// <param name="random">The chances.</param>
internal sealed class FolderDamage(string folder, string outside, IReadOnlyList<string> others, RandomStream random)
{
    private const int HeaderSize = 16;

    /// <summary>Whether the journal is another campaign's: whole, so that nobody can tell.</summary>
    public bool IsForeign { get; private set; }

    /// <summary>What was done, for those who read of a violation.</summary>
    public List<string> Done { get; } = [];

    /// <summary>Damages the folder in one to three ways.</summary>
    public void Apply()
    {
        if (random.Happens(0.25))
            LoseTheEnd();
        for (var ways = 1 + random.NextInt(random.Happens(0.25) ? 3 : 1); ways > 0; ways--)
            Damage(Target());
    }

    /// <summary>The journal ends after some record, as that of a campaign that was interrupted.</summary>
    private void LoseTheEnd()
    {
        var journal = Path.Combine(folder, "journal");
        var records = Records(File.ReadAllBytes(journal));
        if (records.Count < 3)
            return;
        var (from, _) = records[2 + random.NextInt(records.Count - 2)];
        Truncate(journal, from);
        Done.Add($"the journal ends at {from}");
    }

    private string Target()
    {
        if (random.Happens(0.45))
            return Path.Combine(folder, "journal");
        string[] named = ["search.yaml", "owner.json", "lock", "index.db", "index.db.seal", "live.json", "model.bin"];
        if (random.Happens(0.6))
            return Path.Combine(folder, named[random.NextInt(named.Length)]);
        string[] all = [.. Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        return all[random.NextInt(all.Length)];
    }

    private void Damage(string path)
    {
        var name = Path.GetRelativePath(folder, path);
        var kind = random.NextInt(16);
        if (name == "journal" && random.Happens(0.8))
            kind = new[] { 0, 1, 2, 3, 7, 8 }[random.NextInt(6)]; // what is gone altogether teaches little
        if (Directory.Exists(path) || !File.Exists(path))
            kind = 10 + (kind % 5); // a folder, or a file that is not there
        var bytes = File.Exists(path) ? File.ReadAllBytes(path) : [];
        var first = name == "journal" && random.Happens(0.8) ? Records(bytes).Select(record => (int)record.To).FirstOrDefault() : 0;
        var at = bytes.Length <= first ? 0 : first + random.NextInt(bytes.Length - first);
        var length = bytes.Length == 0 ? 0 : Math.Min(1 + random.NextInt(300), bytes.Length - at);
        Done.Add($"{name}: way {kind} at {at}, {length} bytes");
        switch (kind)
        {
            case 0:
                Truncate(path, at);
                break;
            case 1 or 2:
                for (var flips = 1 + random.NextInt(3); flips > 0 && bytes.Length > at; flips--)
                    bytes[at + random.NextInt(bytes.Length - at)] ^= (byte)(1 << random.NextInt(8));
                File.WriteAllBytes(path, bytes);
                break;
            case 3:
                bytes.AsSpan(at, length).Clear();
                File.WriteAllBytes(path, bytes);
                break;
            case 4:
                File.WriteAllBytes(path, []);
                break;
            case 5: // twice
                File.WriteAllBytes(path, [.. bytes, .. bytes]);
                break;
            case 6: // what does not belong there
                var strange = Enumerable.Range(0, 1 + random.NextInt(200)).Select(_ => (byte)random.NextInt(256));
                File.WriteAllBytes(path, [.. bytes, .. strange]);
                break;
            case 7 or 8 when Path.GetFileName(path) == "journal":
                File.WriteAllBytes(path, Rearranged(bytes));
                break;
            case 7 or 8:
                File.WriteAllBytes(path, [.. bytes[..at], .. bytes[(at + length)..]]);
                break;
            case 9:
                Swap(path);
                break;
            case 10:
                Delete(path);
                break;
            case 11:
                Delete(path);
                Directory.CreateDirectory(path);
                if (random.Happens(0.5))
                    File.WriteAllText(Path.Combine(path, "letter.txt"), "mine");
                break;
            case 12: // a link to a stranger's file or folder, or to nothing
                Delete(path);
                string[] targets = [Path.Combine(outside, "thesis.txt"), outside, Path.Combine(outside, "nowhere"), "/dev/null"];
                File.CreateSymbolicLink(path, targets[random.NextInt(targets.Length)]);
                break;
            case 13:
                Delete(path);
                File.WriteAllText(path, "garbage: [1, 2\n");
                break;
            case 14: // the file of another campaign
                var other = Path.Combine(others[random.NextInt(others.Count)], name);
                Delete(path);
                if (File.Exists(other))
                    File.Copy(other, path);
                IsForeign |= name == "journal";
                break;
            default:
                File.WriteAllText(path + ".new", "half of");
                Directory.CreateDirectory(Path.Combine(folder, "checkpoints", "stranger"));
                break;
        }
    }

    /// <summary>Records that are lost, written twice, or in another order.</summary>
    private byte[] Rearranged(byte[] bytes)
    {
        var records = Records(bytes).ConvertAll(record => bytes[(int)record.From..(int)record.To]);
        if (records.Count < 2)
            return bytes;
        var (one, other) = (1 + random.NextInt(records.Count - 1), random.NextInt(records.Count));
        switch (random.NextInt(4))
        {
            case 0:
                records.RemoveAt(one);
                break;
            case 1:
                records.Insert(other, records[one]);
                break;
            case 2:
                (records[one], records[other]) = (records[other], records[one]);
                break;
            default: // one record is spoilt where it stands
                records[one][^1] ^= 1;
                break;
        }

        return [.. bytes[..HeaderSize], .. records.SelectMany(record => record)];
    }

    private void Swap(string path)
    {
        string[] files = [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        var other = files[random.NextInt(files.Length)];
        Done.Add($"swapped with {Path.GetRelativePath(folder, other)}");
        var (mine, its) = (File.ReadAllBytes(path), File.ReadAllBytes(other));
        File.WriteAllBytes(path, its);
        File.WriteAllBytes(other, mine);
    }

    private static void Truncate(string path, long length)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        file.SetLength(length);
    }

    private static void Delete(string path)
    {
        if (new FileInfo(path).LinkTarget is null && Directory.Exists(path))
            Directory.Delete(path, recursive: true);
        else
            File.Delete(path);
    }

    /// <summary>Where the records of a whole journal begin and end.</summary>
    private static List<(long From, long To)> Records(byte[] bytes)
    {
        var (records, at) = (new List<(long, long)>(), (long)HeaderSize);
        while (at + 24 <= bytes.Length)
        {
            var end = at + 24 + BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan((int)at + 12));
            if (end > bytes.Length)
                break;
            records.Add((at, end));
            at = end;
        }

        return records;
    }
}
