using System.Text.Json;

namespace HyperSearch.Hosting.Stores;

/// <summary>Who may write: one process, or as many readers as like while none does. The operating system releases it with the process, however that ends.</summary>
internal sealed class CampaignLock : IDisposable
{
    private const int Tries = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly FileStream _file;
    private readonly string? _ownerPath;

    private CampaignLock(FileStream file, string? ownerPath) => (_file, _ownerPath) = (file, ownerPath);

    /// <summary>Takes a campaign for writing.</summary>
    /// <exception cref="StoreException">A living process has it, or the folder cannot be written.</exception>
    public static CampaignLock Own(CampaignFolder folder, CampaignOwner owner)
    {
        for (var tries = 1; ; tries++)
        {
            if (TryOpen(folder, FileAccess.ReadWrite, FileShare.None) is { } file)
            {
                Announce(folder, owner, file);
                return new CampaignLock(file, folder.OwnerPath);
            }

            // Readers hold it for moments and are waited for; an owner that is just leaving, for a shorter time.
            if (tries >= Tries || (tries >= 5 && IsOwned(folder)))
                throw new StoreException(Refusal(folder));
            Thread.Sleep(Pause); // real time, whatever clock a campaign runs by: other processes hold the lock by it
        }
    }

    /// <summary>Keeps owners out while a reader looks at what only an owner may change.</summary>
    /// <returns><c>null</c> when somebody owns the campaign or nobody ever has.</returns>
    public static CampaignLock? TryShare(CampaignFolder folder) =>
        TryOpen(folder, FileAccess.Read, FileShare.ReadWrite) is { } file ? new CampaignLock(file, null) : null;

    /// <summary>Whether a living process owns the campaign.</summary>
    public static bool IsOwned(CampaignFolder folder)
    {
        if (!File.Exists(folder.LockPath))
            return false;
        using var shared = TryShare(folder);
        return shared is null;
    }

    /// <summary>Who owns the campaign, if the owner has said so.</summary>
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
        if (File.Exists(_ownerPath))
            File.Delete(_ownerPath);
        _file.Dispose();
    }

    private static void Announce(CampaignFolder folder, CampaignOwner owner, FileStream held)
    {
        try
        {
            SealedJson.Write(folder.OwnerPath, JsonSerializer.SerializeToUtf8Bytes(owner, StatusJson.Default.CampaignOwner));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            held.Dispose();
            throw Unwritable(folder, error);
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
            return null; // held by another: what the caller asked
        }
    }

    private static StoreException Unwritable(CampaignFolder folder, Exception error) =>
        new($"The campaign \"{folder.Name}\" cannot be run, because its folder cannot be written: {error.Message}", error);

    private static string Refusal(CampaignFolder folder) => Owner(folder) is { } owner
        ? $"The campaign \"{folder.Name}\" is being run by {owner.Describe()}. Wait for it, or end that process."
        : $"The campaign \"{folder.Name}\" is being run by another process. Wait for it, or end that process.";
}
