using System.IO.Hashing;
using System.Text.Json;
using System.Text.Json.Serialization;
using HyperSearch.Hosting.Stores;

namespace HyperSearch.Hosting.Indexing;

/// <summary>The checksum of a whole index, left beside it by an owner that closed it in order.</summary>
/// <remarks>LiteDB has none of its own: without this a flipped bit would give a wrong ranking in silence.</remarks>
/// <param name="Hash">XxHash3 of the index's bytes.</param>
internal sealed record IndexSeal(ulong Hash)
{
    /// <summary>Seals an index that nobody has open.</summary>
    public static void Put(CampaignFolder folder) =>
        SealedJson.Write(PathOf(folder), JsonSerializer.SerializeToUtf8Bytes(new IndexSeal(HashOf(folder)), SealJson.Default.IndexSeal));

    /// <summary>Takes the seal away, before the index is changed.</summary>
    public static void Break(CampaignFolder folder) => File.Delete(PathOf(folder));

    /// <summary>Whether the index is, byte for byte, as its owner left it.</summary>
    public static bool Holds(CampaignFolder folder)
    {
        try
        {
            return File.Exists(PathOf(folder)) && !File.Exists(IndexFile.LogPath(folder))
                && JsonSerializer.Deserialize(SealedJson.Read(PathOf(folder)), SealJson.Default.IndexSeal)?.Hash == HashOf(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return false; // the journal has it all
        }
    }

    private static string PathOf(CampaignFolder folder) => folder.IndexPath + ".seal";

    private static ulong HashOf(CampaignFolder folder)
    {
        using var file = new FileStream(folder.IndexPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
        var hash = new XxHash3();
        hash.Append(file);
        return hash.GetCurrentHashAsUInt64();
    }
}

/// <summary>The seal as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(IndexSeal))]
internal sealed partial class SealJson : JsonSerializerContext;
