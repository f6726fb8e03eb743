using System.Globalization;
using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace HyperSearch.Hosting.Stores;

/// <summary>Small JSON files whose first property is a checksum of all that follows it, so that a damaged one is known and not
/// believed.</summary>
internal static class SealedJson
{
    private const string Opening = "{\"checksum\":\"";
    private static readonly int HeaderLength = Header([]).Length;

    /// <summary>Replaces a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="json">An object with at least one property.</param>
    public static void Write(string path, ReadOnlySpan<byte> json)
    {
        var rest = json[1..];
        AtomicFile.Write(path, [.. Encoding.ASCII.GetBytes(Header(rest)), .. rest]);
    }

    /// <summary>Reads a file that may be replaced meanwhile.</summary>
    /// <exception cref="JsonException">It is damaged or was written by something else.</exception>
    public static byte[] Read(string path)
    {
        var bytes = AtomicFile.Read(path);
        return bytes.Length > HeaderLength && Encoding.ASCII.GetString(bytes, 0, HeaderLength) == Header(bytes.AsSpan(HeaderLength))
            ? bytes
            : throw new JsonException($"The checksum of \"{path}\" does not match.");
    }

    private static string Header(ReadOnlySpan<byte> rest) =>
        string.Create(CultureInfo.InvariantCulture, $"{Opening}{XxHash3.HashToUInt64(rest):x16}\",");
}

/// <summary>The owner and the live status as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(PointConverter)])]
[JsonSerializable(typeof(CampaignOwner))]
[JsonSerializable(typeof(LiveStatus))]
internal sealed partial class StatusJson : JsonSerializerContext;
