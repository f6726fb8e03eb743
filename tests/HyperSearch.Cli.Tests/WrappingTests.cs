using HyperSearch.Cli.Output;

namespace HyperSearch.Cli.Tests;

/// <summary>On a terminal of 80 columns no line breaks within a word, and no figure loses its percent sign.</summary>
public sealed class WrappingTests
{
    [Fact]
    public void Paragraph_KeepsAFigureWithItsPercentSign()
    {
        using var output = new StringWriter();
        Terminal.Piped(output, TextWriter.Null, width: 40).Paragraph("The dev error of the winner is 12 points, 95 % of them are known.");
        Assert.Equal("  The dev error of the winner is 12\n  points, 95 % of them are known.\n",
            output.ToString().ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Prose_BreaksBetweenWordsAndGoesOnFurtherIn()
    {
        using var output = new StringWriter();
        Terminal.Piped(output, TextWriter.Null, width: 40).Prose("  test_error   1.67 %   (95 % interval 0.57 % to 4.78 %)");
        Assert.Equal("  test_error   1.67 %   (95 % interval\n    0.57 % to 4.78 %)\n", output.ToString().ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Prose_GoesOnBelowItsText()
    {
        using var output = new StringWriter();
        Terminal.Piped(output, TextWriter.Null, width: 40).Prose("  data      120 rows in 5 folds, no test rows; 7 inputs", hang: 12);
        Assert.Equal("  data      120 rows in 5 folds, no test\n            rows; 7 inputs\n",
            output.ToString().ReplaceLineEndings("\n"));
        Assert.Equal("  plane  two at once, in\n         a plane", Terminal.Hung("  plane  two at once, in a plane", 24, 9));
    }

    /// <summary>A value of a choice with a line break tore the table of the space.</summary>
    [Fact]
    public void Table_KeepsALineBreakOfANameWithinItsCell()
    {
        using var output = new StringWriter();
        Terminal.Piped(output, TextWriter.Null).Table(new TextTable().Column("a", right: false).Column("b").Row(["one\ntwo", "3"]));
        Assert.Equal(2, output.ToString().ReplaceLineEndings("\n").TrimEnd().Split('\n').Length);
    }

    [Fact]
    public void Fitted_CountsWhatIsSeenOfMarkup()
    {
        Assert.Equal("[bold]Test set[/]: trial 3 on 20 rows", Terminal.Fitted("[bold]Test set[/]: trial 3 on 20 rows", 28));
        Assert.Equal("[bold]Test set[/]: trial 3 on\n  20 rows", Terminal.Fitted("[bold]Test set[/]: trial 3 on 20 rows", 20));
        Assert.Equal("an array [[3]]", Terminal.Fitted("an array [[3]]", 40));
    }
}
