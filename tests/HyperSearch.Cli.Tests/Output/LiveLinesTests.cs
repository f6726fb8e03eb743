using HyperSearch.Cli.Output;

namespace HyperSearch.Cli.Tests.Output;

public sealed class LiveLinesTests : IDisposable
{
    private readonly StringWriter _writer = new();
    private int _width = 80;

    [Fact]
    public void Draw_ReplacesTheLinesBefore()
    {
        using var live = new LiveLines(_writer, () => _width);
        live.Draw(["one", "two", "three"]);
        Assert.Equal("\e[?25l\rone\e[K\ntwo\e[K\nthree\e[J", Written());
        live.Draw(["four"]);
        Assert.Equal("\e[?25l\r\e[2Afour\e[J", Written());
    }

    [Fact]
    public void Draw_GoesBackOverRowsThatANarrowerWindowHasMade()
    {
        using var live = new LiveLines(_writer, () => _width);
        live.Draw([new string('x', 50), "y"]);
        Written();
        _width = 20;
        live.Draw([new string('z', 50)]);
        Assert.Equal($"\e[?25l\r\e[3A{new string('z', 18)}…\e[J", Written()); // 50 columns are three rows of 20
    }

    [Fact]
    public void Draw_CutsWideCharactersByTheirCells()
    {
        using var live = new LiveLines(_writer, () => 10);
        live.Draw(["日本日本日本"]);
        Assert.Equal("\e[?25l\r日本日本…\e[J", Written());
    }

    [Fact]
    public void Draw_LetsNoNameMoveTheCursor()
    {
        using var live = new LiveLines(_writer, () => _width);
        live.Draw(["a\e[2Jb"]);
        Assert.Equal("\e[?25l\ra\ufffd[2Jb\e[J", Written());
    }

    [Fact]
    public void Above_WritesBetweenClearingAndRedrawing()
    {
        using var live = new LiveLines(_writer, () => _width);
        live.Draw(["one", "two"]);
        Written();
        live.Above(() => _writer.Write("note\n"));
        Assert.Equal("\r\e[1A\e[Jnote\none\e[K\ntwo\e[J", Written());
    }

    /// <summary>The last word of a process that ends at once, whoever still draws.</summary>
    [Fact]
    public void Above_AfterTheEndLeavesTheCursorShown()
    {
        var live = new LiveLines(_writer, () => _width);
        live.Draw(["one", "two"]);
        live.Dispose();
        Written();
        live.Above(() => _writer.Write("note\n"));
        live.Draw(["three"]);
        live.Dispose();
        Assert.Equal("\r\e[Jnote\n\e[J\r\e[J\e[?25h", Written());
    }

    [Fact]
    public void Dispose_RemovesTheLinesAndGivesTheCursorBack()
    {
        var live = new LiveLines(_writer, () => _width);
        live.Draw(["one", "two"]);
        Written();
        live.Dispose();
        live.Draw(["late"]);
        Assert.Equal("\r\e[1A\e[J\e[?25h", Written());
    }

    public void Dispose() => _writer.Dispose();

    private string Written()
    {
        var text = _writer.ToString();
        _writer.GetStringBuilder().Clear();
        return text;
    }
}
