using HyperSearch.Cli.Output;

namespace HyperSearch.Cli.Tests.Output;

public sealed class StyledTextTests
{
    [Fact]
    public void Render_PutsCodesInPlaceOfTags()
    {
        const string text = "[bold]Space[/] of [[x]], [red]error:[/] 3 [green]ok[/]";
        Assert.Equal("\e[1mSpace\e[0m of [x], \e[91merror:\e[0m 3 \e[32mok\e[0m", StyledText.Render(text, colour: true));
        Assert.Equal("Space of [x], error: 3 ok", StyledText.Render(text, colour: false));
    }

    [Theory]
    [InlineData("[red]x[/]")]
    [InlineData("a]]b[[c][")]
    [InlineData(":fire: is a name")] // which became an emoji
    public void Escape_KeepsTextAsItIs(string text)
    {
        Assert.Equal(text, StyledText.Render(StyledText.Escape(text), colour: false));
        using var notes = new StringWriter { NewLine = "\n" };
        Terminal.Piped(TextWriter.Null, notes).Note(text);
        Assert.Equal(text + "\n", notes.ToString());
    }

    [Theory]
    [InlineData("[blink]x[/]")]
    [InlineData("a [b")]
    [InlineData("a ] b")]
    public void Render_RefusesTextThatWasNotEscaped(string text) =>
        Assert.Throws<FormatException>(() => StyledText.Render(text, colour: true));

    [Theory]
    [InlineData("", 0)]
    [InlineData("dev_error ± 0.1 – 3 × 10⁻⁶ … −1", 31)]
    [InlineData("Zürich", 6)]
    [InlineData("数字", 4)]
    [InlineData("e\u0301", 1)]
    public void Columns_AreThoseOfATerminal(string text, int columns) => Assert.Equal(columns, StyledText.Columns(text));
}
