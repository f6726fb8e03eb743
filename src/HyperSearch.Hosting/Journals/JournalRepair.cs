using System.Buffers;
using HyperSearch.Hosting.Stores;

namespace HyperSearch.Hosting.Journals;

/// <summary>Writes a journal anew from the whole records of a damaged one.</summary>
internal static class JournalRepair
{
    private const int Group = 1_024;

    /// <summary>Replaces a damaged journal; the old bytes are kept beside it.</summary>
    /// <param name="folder">The campaign, owned by the caller.</param>
    /// <param name="survey">Its whole records.</param>
    /// <param name="time">The clock.</param>
    /// <returns>The file with the old bytes.</returns>
    public static string Rewrite(CampaignFolder folder, JournalSurvey survey, TimeProvider time)
    {
        var (made, kept) = (folder.JournalPath + ".new", Unused(folder.JournalPath + ".damaged"));
        File.Delete(made); // a link in its place would be written through
        using (var old = new JournalReader(folder.JournalPath, anyHeader: true))
        using (var file = JournalWriter.OpenFile(made, FileMode.Create))
        {
            Span<byte> header = stackalloc byte[JournalFormat.HeaderSize];
            JournalFormat.WriteHeader(header);
            file.Write(header);
            using var journal = new JournalWriter(file, made, JournalFormat.HeaderSize, 0);
            foreach (var group in survey.Records.Chunk(Group))
            {
                foreach (var offset in group)
                    Copy(old, offset, journal);
                journal.Commit();
            }

            if (!survey.Holes.IsEmpty)
            {
                // There is work again, even if the campaign had ended before: else the campaign would still be called finished.
                journal.Add(new SessionEnded(time.GetUtcNow(), 0, Finished: false, "repaired: what was in damaged records runs again"));
                journal.Commit();
            }
        }

        File.Copy(folder.JournalPath, kept);
        File.Move(made, folder.JournalPath, overwrite: true);
        DirectorySync.Flush(folder.Path);
        return kept;
    }

    private static void Copy(JournalReader old, long offset, JournalWriter journal)
    {
        if (!old.TryAt(offset, out var bytes))
            throw new StoreException($"The record at offset {offset} was whole a moment ago and is not any more; the disk may be failing.");
        var record = JournalFormat.Open(bytes, offset);
        var payload = record.Payload.ToArray();
        journal.Add(record.Kind, record.Version, target => target.Write(payload));
    }

    private static string Unused(string path)
    {
        var candidate = path;
        for (var number = 2; Path.Exists(candidate); number++)
            candidate = FormattableString.Invariant($"{path}-{number}");
        return candidate;
    }
}
