using System.Collections.Immutable;
using HyperSearch.Samplers;
using HyperSearch.Schedules;
using HyperSearch.Spaces;

namespace HyperSearch.Planning;

/// <summary>The definition of a search: what to evaluate, over which space, by which method, within which limits.</summary>
public sealed record Search
{
    /// <summary>The search's name; a campaign's folder is named after it unless told otherwise.</summary>
    public required string Name { get; init; }

    /// <summary>What evaluates a trial.</summary>
    public required ObjectiveDefinition Objective { get; init; }

    /// <summary>The metric that decides, for instance <c>dev_error</c>.</summary>
    public required string Metric { get; init; }

    /// <summary>Whether more of <see cref="Metric"/> is better. Default: less is.</summary>
    public bool Maximize { get; init; }

    /// <summary>Further metrics that are traded off against <see cref="Metric"/>: the search then looks for the front of trials that no other beats in everything. Default: none.</summary>
    public ImmutableArray<Goal> Further { get; init; } = [];

    /// <summary><see cref="Metric"/> and the further ones, in order.</summary>
    public ImmutableArray<Goal> Goals => [new Goal(Metric, Maximize), .. Further];

    /// <summary>The error that the best possible (a team of experts, Bayes) would have, in the metric's own unit: what bias is measured from. Default 0.</summary>
    public double BaseError { get; init; }

    /// <summary>What is searched.</summary>
    public required Space Space { get; init; }

    /// <summary>What proposes points. Default: coarse to fine.</summary>
    public required ISampler Sampler { get; init; }

    /// <summary>What decides the epochs of a trial. Default: <see cref="FullSchedule"/>, all of them for all.</summary>
    public ISchedule Schedule { get; init; } = new FullSchedule();

    /// <summary>How many trials in all. Default 100.</summary>
    public int Trials { get; init; } = 100;

    /// <summary>The seed of every random stream of the campaign. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Worker threads; <c>null</c> for one per core.</summary>
    public int? Workers { get; init; }

    /// <summary>Logical workers: what fixes which outcomes a decision sees. Default 8.</summary>
    public int Slots { get; init; } = 8;

    /// <summary>Whether decisions follow real completion order instead of the logical clock, giving up reproducibility. Default false.</summary>
    public bool Relaxed { get; init; }

    /// <summary>Configurations to run first, in this order.</summary>
    public ImmutableArray<Point> Enqueued { get; init; } = [];

    /// <summary>A campaign that the search starts from; <see cref="Earlier"/> is what was found there. <c>null</c>, the default, for none.</summary>
    public WarmStart? From { get; init; }

    /// <summary>What was taken from an earlier campaign: run after <see cref="Enqueued"/> and the defaults. A campaign keeps it, so that it needs the earlier one no more.</summary>
    public EarlierTrials? Earlier { get; init; }

    /// <summary>How the leaders are confirmed when the search has ended; <c>null</c>, the default, not at all.</summary>
    public Confirm? Confirm { get; init; }

    /// <summary>When to give up.</summary>
    public Limits Limits { get; init; } = new();

    /// <summary>All that runs before the sampler proposes anything, in order: what the user enqueued, the default configuration, what was taken from an earlier campaign; the last two where they are new.</summary>
    internal ImmutableArray<FirstPoint> First
    {
        get
        {
            var first = Enqueued.Select(point => new FirstPoint(point)).ToList();
            var known = Enqueued.Select(KeyOf).ToHashSet();
            if (Space.Default is { } standard && known.Add(KeyOf(standard)))
                first.Add(new FirstPoint(standard, "the default configuration"));
            foreach (var (trial, point) in Earlier?.Trials ?? [])
            {
                if (known.Add(KeyOf(point)))
                    first.Add(new FirstPoint(point, $"trial {trial} of {Earlier!.Campaign}"));
            }

            return [.. first];

            string KeyOf(Point point) => string.Join(' ', Space.PositionOf(point));
        }
    }
}
