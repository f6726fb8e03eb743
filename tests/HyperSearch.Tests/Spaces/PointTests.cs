using System.Text.Json;
using HyperSearch.Spaces;

namespace HyperSearch.Tests.Spaces;

public sealed class PointTests
{
    [Fact]
    public void Json_IsAnObjectOfTheParameters()
    {
        var point = new Point([new("rate", 0.01), new("kind", "adam"), new("nesterov", true)]);
        var text = JsonSerializer.Serialize(point);
        Assert.Equal("""{"rate":0.01,"kind":"adam","nesterov":true}""", text);
        Assert.Equal(point, new Point(JsonSerializer.Deserialize<Dictionary<string, ParameterValue>>(text)!));
    }
}
