using HyperSearch.Hosting.Stores;

namespace HyperSearch.Tests.Stores;

public sealed class CampaignNotesTests
{
    private static readonly CampaignNotes Notes =
        new() { Tags = ["baseline", "größe <b>"], Note = "First line\nsecond \"line\" </script>" };

    [Fact]
    public void Replace_KeepsWhatAPersonWrote()
    {
        using var scratch = new Scratch();
        var folder = scratch.Campaign();
        Assert.Same(CampaignNotes.None, CampaignNotes.Read(folder));
        Notes.Replace(folder, CampaignNotes.None);
        var read = CampaignNotes.Read(folder);
        Assert.Equal((Notes.Note, null), (read.Note, read.Fault));
        Assert.Equal(Notes.Tags, read.Tags);
        CampaignNotes.None.Replace(folder, read);
        Assert.Empty(CampaignNotes.Read(folder).Tags);
    }

    [Fact]
    public void Replace_RefusesWhatSomebodyHasChangedMeanwhile()
    {
        using var scratch = new Scratch();
        var folder = scratch.Campaign();
        Notes.Replace(folder, CampaignNotes.None);
        var refusal = Assert.Throws<StoreException>(() => new CampaignNotes { Note = "mine" }.Replace(folder, CampaignNotes.None));
        Assert.Contains("meanwhile", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(Notes.Note, CampaignNotes.Read(folder).Note);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"tags": null, "note": ""}""")]
    [InlineData("""{"tags": [null]}""")]
    [InlineData("""{"tags": ["a"], "note": null}""")]
    [InlineData("""{"tags": "a"}""")]
    public void Read_OfADamagedFileSaysSoAndNothingIsWrittenOverIt(string text)
    {
        using var scratch = new Scratch();
        var folder = scratch.Campaign();
        File.WriteAllText(folder.NotesPath, text);
        var read = CampaignNotes.Read(folder);
        Assert.Contains(folder.NotesPath, read.Fault, StringComparison.Ordinal);
        Assert.Throws<StoreException>(() => Notes.Replace(folder, read));
        Assert.Equal(text, File.ReadAllText(folder.NotesPath));
    }

    [Fact]
    public void Replace_WritesBehindNoLink()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a right there.");
        using var scratch = new Scratch();
        var folder = scratch.Campaign();
        var elsewhere = Path.Combine(scratch.Results, "elsewhere");
        File.CreateSymbolicLink(folder.NotesPath, elsewhere); // leads nowhere yet, so that there seem to be no notes
        Assert.Throws<StoreException>(() => Notes.Replace(folder, CampaignNotes.None));
        Assert.False(File.Exists(elsewhere));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" a")]
    [InlineData("a,b")]
    [InlineData("a\nb")]
    [InlineData("12345678901234567890123456789012345678901")]
    public void Mistake_NamesATagThatIsNone(string tag) =>
        Assert.Contains("is no tag", new CampaignNotes { Tags = ["good", tag] }.Mistake(), StringComparison.Ordinal);

    [Fact]
    public void Mistake_IsWhatIsTooMuch()
    {
        Assert.Null(Notes.Mistake());
        Assert.Contains("twice", new CampaignNotes { Tags = ["a", "b", "a"] }.Mistake(), StringComparison.Ordinal);
        Assert.NotNull(new CampaignNotes { Note = new string('x', CampaignNotes.LongestNote + 1) }.Mistake());
        Assert.Null(new CampaignNotes { Note = new string('x', CampaignNotes.LongestNote) }.Mistake());
        string[] many = [.. Enumerable.Range(0, CampaignNotes.MostTags + 1).Select(tag => $"t{tag}")];
        Assert.NotNull(new CampaignNotes { Tags = [.. many] }.Mistake());
    }
}
