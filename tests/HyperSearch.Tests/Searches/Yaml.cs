using HyperSearch.Campaigns;
using HyperSearch.Searches;

namespace HyperSearch.Tests.Searches;

/// <summary>Search files to start from, and what is wrong with others.</summary>
internal static class Yaml
{
    /// <summary>A small file that validates; tests replace pieces of it.</summary>
    public const string Good = """
        name: digits
        objective:
          train:
            data: data/digits.csv
            label: digit
            epochs: 30
        minimize: dev_error
        space:
          learning_rate: {log: [1e-4, 1]}
          hidden_units: {log_int: [16, 256]}
          optimizer: {choice: [momentum, rmsprop, adam]}
          adam_epsilon: {log: [1e-10, 1e-6], when: {optimizer: adam}}
          activation: relu
        method:
          sampler: random
          trials: 120
        """;

    public static Search Parse(string text) => SearchFile.Parse(text, "searches/x.yaml", "/base");

    /// <summary>The good file with a piece replaced.</summary>
    public static string Changed(string piece, string by)
    {
        Assert.Contains(piece, Good, StringComparison.Ordinal);
        return Good.Replace(piece, by, StringComparison.Ordinal);
    }

    public static SearchFileError[] Errors(string text) => [.. Assert.Throws<SearchFileException>(() => Parse(text)).Errors];

    public static SearchFileError Error(string text) => Assert.Single(Errors(text));
}
