using HyperSearch.Planning;

namespace HyperSearch.Hosting.Objectives;

/// <summary>How a winner is judged: the files that it leaves, the seed, and how many threads may train at once.</summary>
/// <param name="Seed">The seed of a last training.</param>
/// <param name="ModelPath">Where a model of the winner is kept.</param>
/// <param name="CheckpointFolder">Where an interrupted training leaves the files that it needs to go on; it need not exist.</param>
public sealed record Judging(ulong Seed, string ModelPath, string CheckpointFolder)
{
    /// <summary>Where a model of the winner is kept.</summary>
    public string ModelPath { get; init; } = ModelPath ?? throw new ArgumentNullException(nameof(ModelPath));

    /// <summary>Where an interrupted training leaves the files that it needs to go on.</summary>
    public string CheckpointFolder { get; init; } = CheckpointFolder ?? throw new ArgumentNullException(nameof(CheckpointFolder));

    /// <summary>What the search minimizes or maximizes. Default: it minimizes <c>dev_cost</c>.</summary>
    public Goal Goal { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = new("dev_cost");

    /// <summary>Whether several networks may be handed over that answer together. Default true; false for a winner that was judged when
    /// that was one network, and whose model is lost.</summary>
    public bool MayAverage { get; init; } = true;

    /// <summary>How many networks may be trained at once, from 1: as many as the session has workers. The result must not depend on it.
    /// Default 1.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>Told how far the trainings are, from one thread at a time. Default: nobody is.</summary>
    public Action<JudgingProgress>? Report { get; init; }
}

/// <summary>How far the trainings are by which a winner is judged.</summary>
/// <param name="Done">Trainings that have ended.</param>
/// <param name="Of">How many there are, as far as is known now.</param>
public sealed record JudgingProgress(int Done, int Of);
