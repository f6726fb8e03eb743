using HyperSearch.Hosting.Searches;
using HyperSearch.Planning;

namespace HyperSearch.Tests.Searches;

/// <summary>Search files to start from, and what is wrong with others.</summary>
internal static class Yaml
{
    public const string Good = WrongFiles.Good;

    public static Search Parse(string text) => SearchFile.Parse(text, "searches/x.yaml", "/base");

    public static string Changed(string piece, string by) => WrongFiles.Changed(piece, by);

    public static SearchFileError[] Errors(string text) => [.. Assert.Throws<SearchFileException>(() => Parse(text)).Errors];

    public static SearchFileError Error(string text) => Assert.Single(Errors(text));
}
