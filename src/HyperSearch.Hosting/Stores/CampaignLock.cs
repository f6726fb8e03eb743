using System.Text.Json;

namespace HyperSearch.Hosting.Stores;

/// <summary>The lock of a campaign: one process may write, or any number may read while none writes.</summary>
/// <remarks>
/// The operating system releases the lock with the process, however that ends. A lock file can be deleted and made anew while its owner
/// lives, and some network folders have no locks at all. So the owner also leaves a number of its own in <c>owner.json</c> and asks before
/// each group that it writes whether the campaign is still its own, and nobody takes a campaign whose owner lives on this machine, or has
/// given a sign of life on another one a moment ago.
/// </remarks>
internal sealed class CampaignLock : IDisposable
{
    private const int Tries = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(15);

    private readonly FileStream _file;
    private readonly CampaignFolder? _folder;
    private readonly CampaignOwner? _owner;
    private readonly string? _place;
    private DateTime _named; // when the "owner.json" was written that was last read

    private CampaignLock(FileStream file, CampaignFolder? folder = null, CampaignOwner? owner = null, bool excludes = true) =>
        (_file, _folder, _owner, Excludes, _place) = (file, folder, owner, excludes, PlaceOf(file));

    /// <summary>Whether the file system knows locks; else only the number in <c>owner.json</c> keeps two owners apart.</summary>
    public bool Excludes { get; }

    /// <summary>Takes a campaign for writing.</summary>
    /// <exception cref="StoreException">A living process has it, or the folder cannot be written.</exception>
    public static CampaignLock Own(CampaignFolder folder, CampaignOwner owner)
    {
        for (var tries = 1; ; tries++)
        {
            if (TryOpen(folder, FileAccess.ReadWrite, FileShare.None) is { } file)
            {
                Announce(folder, owner, file);
                using var second = TryOpen(folder, FileAccess.ReadWrite, FileShare.None);
                return new CampaignLock(file, folder, owner, second is null);
            }

            // Readers hold it for moments and are waited for; an owner that is just leaving, for a shorter time.
            if (tries >= Tries || (tries >= 5 && IsOwned(folder)))
                throw new StoreException(Refusal(folder));
            Thread.Sleep(Pause); // real time, whatever clock a campaign runs by: other processes hold the lock by it
        }
    }

    /// <summary>Keeps owners out while a reader looks at files that only an owner may change.</summary>
    /// <returns><c>null</c> when somebody owns the campaign or nobody ever has.</returns>
    public static CampaignLock? TryShare(CampaignFolder folder)
    {
        if (TryOpen(folder, FileAccess.Read, FileShare.ReadWrite) is not { } file)
            return null;
        if (!OwnerLives(folder))
            return new CampaignLock(file);
        file.Dispose();
        return null;
    }

    /// <summary>Makes sure that the campaign is still this owner's.</summary>
    /// <exception cref="StoreException">The lock or the folder was moved or removed, or another process has taken the campaign. Nothing may
    /// be written.</exception>
    public void RequireOwned()
    {
        if (_folder is null || _owner is null)
            throw new InvalidOperationException("Only an owner writes.");
        var isInPlace = PlaceOf(_file) == _place && (_place is not null || File.Exists(_folder.LockPath));
        if (!isInPlace && !Directory.Exists(_folder.Path))
        {
            throw new StoreException(
                $"The campaign's folder \"{_folder.Path}\" was removed or moved while the campaign ran. Nothing more was written; "
                + "where it was moved, \"hypersearch resume\" with its new path goes on, or the program that began it.");
        }

        if (!isInPlace)
        {
            throw new StoreException(
                $"The lock \"{_folder.LockPath}\" was moved or removed while the campaign \"{_folder.Name}\" ran, so " +
                "another process may take it. "
                + $"Nothing more was written; acknowledged outcomes stay. \"hypersearch resume {_folder.Name}\" goes on, or the program "
                + "that began it.");
        }

        var written = File.GetLastWriteTimeUtc(_folder.OwnerPath);
        if (Excludes && written == _named)
            return; // nobody takes a locked campaign without writing another name
        var named = Owner(_folder);
        if (named is null ? !Excludes : named.Nonce != _owner.Nonce)
        {
            throw new StoreException(
                $"The campaign \"{_folder.Name}\" was taken by {named?.Describe() ?? "another process"} while this one ran it. " +
                "Nothing more was written here.");
        }

        _named = written;
    }

    /// <summary>Whether a living process owns the campaign.</summary>
    public static bool IsOwned(CampaignFolder folder)
    {
        if (!File.Exists(folder.LockPath))
            return OwnerLives(folder);
        using var shared = TryShare(folder);
        return shared is null;
    }

    /// <summary>Whether the owner that <c>owner.json</c> names lives, which alone tells it where the lock was removed or the disk knows no
    /// locks: on this machine by its process, on another by a sign of life a moment ago.</summary>
    private static bool OwnerLives(CampaignFolder folder)
    {
        if (!File.Exists(folder.OwnerPath) || Owner(folder) is not { Nonce: not null } owner)
            return false;
        if (owner.Machine == Environment.MachineName)
            return owner.Folder == folder.Path && owner.LivesHere();
        return TimeProvider.System.GetUtcNow() - LastSign(folder) < Fresh; // a reader may not ask the disk for its clock
    }

    /// <summary>The owner of the campaign, if it has said so.</summary>
    public static CampaignOwner? Owner(CampaignFolder folder)
    {
        try
        {
            return JsonSerializer.Deserialize(SealedJson.Read(folder.OwnerPath), StatusJson.Default.CampaignOwner);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return null; // it is for messages only; the lock decides
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_folder is not null && Owner(_folder)?.Nonce == _owner?.Nonce)
            File.Delete(_folder.OwnerPath);
        _file.Dispose();
    }

    /// <summary>The path of an open file now; Linux marks a deleted one. <c>null</c> where the system does not say.</summary>
    private static string? PlaceOf(FileStream file) =>
        OperatingSystem.IsLinux() ? new FileInfo($"/proc/self/fd/{file.SafeFileHandle.DangerousGetHandle()}").LinkTarget : null;

    /// <summary>Refuses to take a campaign whose owner lives although its lock is gone, or whose owner elsewhere gave a sign of life a
    /// moment ago.</summary>
    private static void RefuseLiving(CampaignFolder folder, CampaignOwner self, FileStream held)
    {
        if (Owner(folder) is not { Nonce: not null } other || other.Folder != folder.Path && other.Machine == self.Machine)
            return;
        if (other.Machine == self.Machine ? other.LivesHere() : HeartbeatAge(folder, held) < Fresh)
            throw new StoreException(Refusal(folder));
    }

    /// <summary>How long the owner has given no sign of life, by the clock of the disk.</summary>
    private static TimeSpan HeartbeatAge(CampaignFolder folder, FileStream held)
    {
        held.SetLength(1);
        held.SetLength(0);
        held.Flush(flushToDisk: true);
        return File.GetLastWriteTimeUtc(folder.LockPath) - LastSign(folder);
    }

    /// <summary>When the owner last wrote something, by the clock of the disk.</summary>
    private static DateTime LastSign(CampaignFolder folder) =>
        new[] { folder.OwnerPath, folder.LivePath, folder.JournalPath }.Max(File.GetLastWriteTimeUtc);

    private static void Announce(CampaignFolder folder, CampaignOwner owner, FileStream held)
    {
        try
        {
            RefuseLiving(folder, owner, held);
            SealedJson.Write(folder.OwnerPath, JsonSerializer.SerializeToUtf8Bytes(owner, StatusJson.Default.CampaignOwner));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            held.Dispose();
            throw Unwritable(folder, error);
        }
        catch (StoreException)
        {
            held.Dispose();
            throw;
        }
    }

    private static FileStream? TryOpen(CampaignFolder folder, FileAccess access, FileShare share)
    {
        try
        {
            return new FileStream(folder.LockPath, access == FileAccess.Read ? FileMode.Open : FileMode.OpenOrCreate, access, share, 1);
        }
        catch (Exception error) when (error is UnauthorizedAccessException or FileNotFoundException or DirectoryNotFoundException)
        {
            return access == FileAccess.Read ? null : throw Unwritable(folder, error);
        }
        catch (IOException)
        {
            return null; // another process holds it, which is the answer
        }
    }

    private static StoreException Unwritable(CampaignFolder folder, Exception error) =>
        new($"The campaign \"{folder.Name}\" cannot be run, because its folder cannot be written: {error.Message}", error);

    private static string Refusal(CampaignFolder folder) => Owner(folder) is not { } owner
        ? $"The campaign \"{folder.Name}\" is being run by another process. Wait for it, or end that process."
        : owner.Process == Environment.ProcessId && owner.Machine == Environment.MachineName
        ? FormattableString.Invariant($"""
            The campaign "{folder.Name}" is being run by this program, process {owner.Process}, since {owner.Since:yyyy-MM-dd HH:mm:ss} UTC.
            """) + " Wait for that run to end, or take another folder."
        : $"The campaign \"{folder.Name}\" is being run by {owner.Describe()}. Wait for it, or end that process.";
}
