using System.Text;
using CsCheck;
using HyperSearch.Hosting.Objectives.Commands;

namespace HyperSearch.Tests.Objectives;

public class LineSplitterTests
{
    private static List<(string Line, bool Cut)> Split(int limit, IEnumerable<string> parts)
    {
        var lines = new List<(string, bool)>();
        var splitter = new LineSplitter(limit);
        foreach (var part in parts)
            splitter.Take(Encoding.UTF8.GetBytes(part), Add);
        splitter.Finish(Add);
        return lines;

        void Add(ReadOnlySpan<byte> line, bool cut) => lines.Add((Encoding.UTF8.GetString(line), cut));
    }

    [Fact]
    public void Take_GivesTheSameLinesHoweverTheBytesArrive() =>
        Gen.Select(Gen.String[Gen.Char["ab\r\n"], 0, 40], Gen.Int[1, 5]).Sample((text, size) =>
            Split(100, [text]).SequenceEqual(Split(100, text.Chunk(size).Select(chunk => new string(chunk)))));

    [Fact]
    public void Finish_GivesTheLineWithoutAnEnd() => Assert.Equal([("a", false), ("", false), ("b", false)], Split(100, ["a\r\n\nb"]));

    [Fact]
    public void Take_EndsALineAtACarriageReturn() =>
        Assert.Equal([("10 %", false), ("100 %", false), ("b", false)], Split(100, ["10 %\r100 %\r", "\nb"]));

    [Fact]
    public void Take_CutsALongLineOnceAndGoesOn() =>
        Assert.Equal([("abcd", true), ("ef", false)], Split(4, ["ab", "cdXX", "XXX\n", "ef\n"]));

    [Fact]
    public void Take_KeepsALineOfExactlyTheLimit() => Assert.Equal([("abcd", false), ("e", false)], Split(4, ["abcd\ne"]));
}
