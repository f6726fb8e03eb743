using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;

namespace HyperSearch.Training.Data;

/// <summary>Names a data set by its content: schema, split, inputs and labels, to the bit.</summary>
internal static class Fingerprint
{
    /// <summary>The 128-bit XXH3 hash, as 32 hexadecimal digits.</summary>
    public static string Of(DataSchema schema, params ReadOnlySpan<Partition> parts)
    {
        var hash = new XxHash128();
        hash.Append(Encoding.UTF8.GetBytes(schema.ToJson()));
        foreach (var part in parts)
        {
            hash.Append(Encoding.UTF8.GetBytes(part.Rows.ToString(CultureInfo.InvariantCulture)));
            hash.Append(MemoryMarshal.AsBytes(part.Labels));
            hash.Append(MemoryMarshal.AsBytes(part.Targets));
            for (var row = 0; row < part.Rows; row++)
                hash.Append(MemoryMarshal.AsBytes(part.Features.Row(row)));
        }
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }
}
