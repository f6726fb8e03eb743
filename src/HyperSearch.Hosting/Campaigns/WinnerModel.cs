using System.IO.Hashing;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using HyperSearch.Training.Data;
using HyperSearch.Training.Models;

namespace HyperSearch.Hosting.Campaigns;

/// <summary>The file in which a campaign keeps the model of its winner, held against the verdict on it.</summary>
/// <remarks>
/// A model's own checksum only says that the file is whole. A whole model of another campaign answers just as readily, so the journal has
/// the fingerprint of the model that was judged; journals older than that do not, and then any whole model passes.
/// </remarks>
internal static class WinnerModel
{
    /// <summary>The 128-bit XXH3 hash of the file, as 32 hexadecimal digits; <c>null</c> where there is no file.</summary>
    public static string? FingerprintOf(CampaignFolder folder)
    {
        if (!File.Exists(folder.ModelPath))
            return null;
        using var file = new FileStream(folder.ModelPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var hash = new XxHash128();
        hash.Append(file);
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    /// <summary>Whether the folder has the model that was judged.</summary>
    public static bool IsKept(CampaignFolder folder, Verdict verdict) =>
        File.Exists(folder.ModelPath) && !IsAnother(folder, verdict);

    /// <summary>Whether the file is another than the model that was judged.</summary>
    public static bool IsAnother(CampaignFolder folder, Verdict? verdict) =>
        verdict?.ModelFingerprint is { } judged && FingerprintOf(folder) is { } found && found != judged;

    /// <summary>Why the file is no whole model; <c>null</c> when it is one.</summary>
    public static string? DamageOf(CampaignFolder folder)
    {
        try
        {
            Model.Load(folder.ModelPath);
            return null;
        }
        catch (DataException fault)
        {
            return fault.Message;
        }
    }

    /// <summary>Why the folder does not give the model that was judged, as the rest of a sentence that begins with its name; <c>null</c>
    /// when it does.</summary>
    public static string? FaultOf(CampaignFolder folder, Verdict verdict) =>
        !File.Exists(folder.ModelPath) ? "is missing"
        : DamageOf(folder) is { } damage ? $"is not a whole model ({damage})"
        : IsAnother(folder, verdict) ? "is another model than the one that was judged"
        : null;
}
