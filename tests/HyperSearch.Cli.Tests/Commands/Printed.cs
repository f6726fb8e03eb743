using HyperSearch.Cli.Output;

namespace HyperSearch.Cli.Tests.Commands;

/// <summary>What a view prints to a pipe.</summary>
internal static class Printed
{
    public static string By(Action<Terminal> view, int width = Terminal.DefaultWidth)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        view(Terminal.Piped(output, error, width));
        Assert.Equal("", error.ToString());
        return output.ToString();
    }
}
