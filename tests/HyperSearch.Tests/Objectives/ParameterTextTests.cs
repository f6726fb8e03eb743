using System.Text;
using HyperSearch.Hosting.Objectives.Commands;
using HyperSearch.Spaces;

namespace HyperSearch.Tests.Objectives;

public class ParameterTextTests
{
    [Fact]
    public void Json_KeepsTypes() => Assert.Equal(
        """{"lr":1e-7,"units":64,"bn":true,"optimizer":"a\"d\nam — ä"}""",
        ParameterText.Json(new Point([new("lr", 1e-7), new("units", 64), new("bn", true), new("optimizer", "a\"d\nam — ä")])));

    [Fact]
    public void Request_IsOneLine() => Assert.Equal(
        "{\"trial\":7,\"params\":{\"word\":\"a\\nb\"},\"epochs\":9,\"checkpoint_dir\":\"/c\",\"seed\":123}\n",
        Encoding.UTF8.GetString(ParameterText.Request(7, new Point([new("word", "a\nb")]), 9, "/c", 123)));
}
