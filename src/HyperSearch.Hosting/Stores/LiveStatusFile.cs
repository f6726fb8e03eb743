using System.Text.Json;
using HyperSearch.Hosting.Campaigns;

namespace HyperSearch.Hosting.Stores;

/// <summary>The file where the owner of a campaign leaves its live status. An observer: its failure is reported and the campaign goes
/// on.</summary>
/// <param name="folder">The campaign.</param>
/// <param name="owner">This process, as <see cref="CampaignStore.Owner"/> names it.</param>
/// <param name="time">The clock.</param>
/// <remarks>Not thread-safe.</remarks>
public sealed class LiveStatusFile(CampaignFolder folder, CampaignOwner owner, TimeProvider time)
{
    private static readonly TimeSpan Rarest = TimeSpan.FromSeconds(1);
    private readonly CampaignFolder _folder = folder ?? throw new ArgumentNullException(nameof(folder));
    private readonly CampaignOwner _owner = owner ?? throw new ArgumentNullException(nameof(owner));
    private readonly TimeProvider _time = time ?? throw new ArgumentNullException(nameof(time));
    private long? _written;

    /// <summary>Whether a second has passed since the last write, so that it is worth gathering a status.</summary>
    public bool IsDue => _written is not { } written || _time.GetElapsedTime(written) >= Rarest;

    /// <summary>Writes a status, at most once a second.</summary>
    /// <returns>A sentence about a failure, for the log; <c>null</c> when there was none.</returns>
    public string? Publish(LiveStatus status)
    {
        ArgumentNullException.ThrowIfNull(status);
        if (!IsDue)
            return null;
        _written = _time.GetTimestamp();
        try
        {
            SealedJson.Write(_folder.LivePath,
                JsonSerializer.SerializeToUtf8Bytes(status with { Owner = _owner }, StatusJson.Default.LiveStatus));
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"The live status \"{folder.LivePath}\" cannot be written: {error.Message}";
        }
    }

    /// <summary>The status that the present owner left.</summary>
    /// <returns><c>null</c> when nobody owns the campaign, or its owner has not said anything yet.</returns>
    public static LiveStatus? Read(CampaignFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (!CampaignLock.IsOwned(folder) || CampaignLock.Owner(folder) is not { } owner)
            return null;
        try
        {
            var status = JsonSerializer.Deserialize(SealedJson.Read(folder.LivePath), StatusJson.Default.LiveStatus);
            return status?.Owner == owner ? status : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return null; // not there yet: an observer does without
        }
    }
}
