namespace HyperSearch.Tests.Searches;

/// <summary>Search files with a mistake each, which the reader, the schema and <c>check</c> all refuse; each is a change of one good
/// file.</summary>
public static class WrongFiles
{
    /// <summary>A small file that validates, if its data are there.</summary>
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

    /// <summary>More than twenty wrong ones: a piece of the good file, and what stands there instead.</summary>
    public static TheoryData<string, string> All => new()
    {
        { "minimize: dev_error", "minimise: dev_error" },
        { "minimize: dev_error\n", "" },
        { "minimize: dev_error", "minimize: dev_error\nmaximize: dev_error" },
        { "name: digits", "name: my digits" },
        { "epochs: 30", "epoch: 30" },
        { "epochs: 30", "epochs: 0" },
        { "epochs: 30", "epochs: 2.5" },
        { "epochs: 30", "task: regresion" },
        { "epochs: 30", "split: [0.8, 0.2]" },
        { "data: data/digits.csv", "data: {images: a.idx}" },
        { "  train:", "  trian:" },
        { "log: [1e-4, 1]", "log: [0, 1]" },
        { "log: [1e-4, 1]", "log: [1e-4]" },
        { "log: [1e-4, 1]", "lgo: [1e-4, 1]" },
        { "{log: [1e-4, 1]}", "[1e-4, 1]" },
        { "log_int: [16, 256]", "int: [16, many]" },
        { "choice: [momentum, rmsprop, adam]", "choice: []" },
        { "sampler: random", "sampler: randon" },
        { "trials: 120", "slots: 0" },
        { "trials: 120", "workers: many" },
        { "minimize: dev_error", "minimize: dev_error\nlimits: {trial_timeout: 10}" },
        { "minimize: dev_error", "minimize: dev_error\nschedule: {none: {rungs: 3}}" },
    };

    /// <summary>The good file with a piece replaced.</summary>
    public static string Changed(string piece, string by)
    {
        Assert.Contains(piece, Good, StringComparison.Ordinal);
        return Good.Replace(piece, by, StringComparison.Ordinal);
    }
}
