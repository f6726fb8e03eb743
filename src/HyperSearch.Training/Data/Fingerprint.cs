using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;

namespace HyperSearch.Training.Data;

/// <summary>Names a data set by its content: task, classes, inputs, split, features and labels, to the bit.</summary>
internal static class Fingerprint
{
    /// <summary>The 128-bit XXH3 hash, as 32 hexadecimal digits.</summary>
    public static string Of(DataSchema schema, params ReadOnlySpan<Partition> parts)
    {
        // Not over the schema's JSON: the serializer's first use costs a process 60 ms, and training should begin at once.
        var hash = new XxHash128();
        Append(hash, schema.Task.ToString(), schema.Label, schema.Image?.ToString() ?? "");
        Append(hash, [.. Canonical(schema.Classes)]);
        Append(hash, [.. schema.FeatureNames]);
        hash.Append(MemoryMarshal.AsBytes<float>([.. schema.Normalization.Means, .. schema.Normalization.Scales]));
        foreach (var column in schema.Columns)
        {
            if (column.Origin is { } origin)
                Append(hash, $"{column.Name} from {origin.ToString("R", CultureInfo.InvariantCulture)}");
        }
        if (schema.Targets is { } scale)
            hash.Append(MemoryMarshal.AsBytes<double>([scale.Mean, scale.Deviation]));
        foreach (var part in parts)
        {
            Append(hash, part.Rows.ToString(CultureInfo.InvariantCulture));
            hash.Append(MemoryMarshal.AsBytes(part.Labels));
            hash.Append(MemoryMarshal.AsBytes(part.Targets));
            for (var row = 0; row < part.Rows; row++)
                hash.Append(MemoryMarshal.AsBytes(part.Features.Row(row)));
        }
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    /// <summary>
    /// Names of classes as earlier versions had them, so that their campaigns know their data: numbers in their shortest form, unless that
    /// joins two.
    /// </summary>
    private static IReadOnlyList<string> Canonical(IReadOnlyList<string> classes)
    {
        string[] shortest = [.. classes.Select(static name => double.TryParse(name, NumberStyles.Float, CultureInfo.InvariantCulture,
            out var number) && double.IsFinite(number)
            ? number.ToString("R", CultureInfo.InvariantCulture) : name)];
        return shortest.Distinct(StringComparer.Ordinal).Count() == classes.Count ? shortest : classes;
    }

    private static void Append(XxHash128 hash, params ReadOnlySpan<string> texts)
    {
        foreach (var text in texts)
            hash.Append(Encoding.UTF8.GetBytes(text + "\0"));
    }
}
