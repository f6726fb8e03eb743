using System.Text;
using System.Text.Json;

namespace HyperSearch.Web.Following;

/// <summary>JSON in one line, with every character escaped that could mean something to a page.</summary>
internal static class JsonText
{
    /// <summary>Writes a document.</summary>
    public static string Of(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
            write(json);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>Writes points as pairs.</summary>
    public static void WritePoints(this Utf8JsonWriter json, string name, IEnumerable<(int Epoch, double Value)> points)
    {
        json.WriteStartArray(name);
        foreach (var (epoch, value) in points.Where(point => double.IsFinite(point.Value)))
        {
            json.WriteStartArray();
            json.WriteNumberValue(epoch);
            json.WriteNumberValue(value);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}
