using System.Collections.Immutable;
using System.Text.RegularExpressions;
using HyperSearch.Schedules;
using HyperSearch.Spaces;

namespace HyperSearch.Planning;

/// <summary>The definition of a search: its objective, its space, its method and its limits.</summary>
/// <example>
/// <code>
/// var search = new Search
/// {
///     Name = "mine",
///     Objective = new DelegateDefinition { Epochs = 12 },
///     Metric = "loss",
///     Space = new Space([new Parameter("x", new UniformScale(0, 1))]),
/// };
/// </code>
/// </example>
public sealed partial record Search : SearchSettings
{
    /// <summary>The form of a search's name, and so of a campaign's folder, as a regular expression.</summary>
    internal const string NamePattern = @"[\p{L}\p{Nd}][\p{L}\p{M}\p{Nd}._-]*";

    /// <summary>Makes a search with every setting at its default.</summary>
    public Search()
    {
    }

    /// <summary>Makes a search of settings that were made for another.</summary>
    internal Search(SearchSettings settings)
        : base(settings)
    {
    }

    /// <summary>
    /// The search's name; a campaign's folder is named after it unless told otherwise. It has letters, digits, dots, _ and -, the first a
    /// letter or a digit.
    /// </summary>
    /// <exception cref="ArgumentException">It has anything else.</exception>
    public required string Name
    {
        get;
        init => field = IsName(value) ? value
            : throw new ArgumentException(
                $"\"{value}\" cannot be a search's name, because a folder is named after it. Use letters, digits, dots, _ and -.",
                nameof(Name));
    }

    /// <summary>The objective, which evaluates a trial.</summary>
    public required ObjectiveDefinition Objective { get; init => field = value ?? throw new ArgumentNullException(nameof(Objective)); }

    /// <summary>Whether more of the metric is better. Default: less is.</summary>
    public bool Maximize { get; init; }

    /// <summary>The metric and the further ones, in order.</summary>
    public ImmutableArray<Goal> Goals => [new Goal(Metric, Maximize), .. Further];

    /// <summary>
    /// The schedule that <see cref="AutoSchedule"/> chose for this search, and why, for people; <c>null</c> where another was given.
    /// </summary>
    public string? ScheduleChoice => Chosen?.Why;

    /// <summary>The space that is searched.</summary>
    public required Space Space { get; init => field = value ?? throw new ArgumentNullException(nameof(Space)); }

    /// <summary>Worker threads; <c>null</c>, the default, for one per core.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not positive, or more than 1,024.</exception>
    public int? Workers
    {
        get;
        init =>
            field = value is { } workers ? SearchLaw.Within(
                workers, 1, SearchChecks.MostWorkers, nameof(Workers), "null takes one per core.") : null;
    }

    /// <summary>
    /// What a worker on another machine must have before it is given a job, by the labels that it was started with: a number asks for at
    /// least so many, a word for that word, <c>true</c> for the label whatever it says. The threads of the campaign's own process are not
    /// asked. Default: nothing.
    /// </summary>
    /// <exception cref="ArgumentException">A label's name or what is asked of it cannot be.</exception>
    public ImmutableSortedDictionary<string, ParameterValue> Needs
    {
        get;
        init => field = NeedLaw.Checked(value ?? throw new ArgumentNullException(nameof(Needs)), nameof(Needs));
    } = ImmutableSortedDictionary<string, ParameterValue>.Empty;

    /// <summary>
    /// A campaign that the search starts from, as its file names it; <see cref="SearchSettings.Earlier"/> holds the trials that were found
    /// there. The command line finds them; a program does it by <see cref="EarlierTrials.Take(CampaignSnapshot, Search, int)"/>.
    /// <c>null</c>, the default, for none.
    /// </summary>
    public WarmStart? From { get; init; }

    /// <summary>
    /// Whether configurations that did well with the built-in trainer on other tables run first, as the search's file asks. A campaign
    /// takes them when it begins, by the command line and in a program alike; it then keeps them in <see cref="SearchSettings.Earlier"/>,
    /// behind those that are there. Only with the built-in trainer and one metric. Default: not.
    /// </summary>
    public bool Prior { get; init; }

    /// <summary>
    /// All configurations that run before the sampler proposes anything, in order: the ones that the user enqueued, the default
    /// configuration, and those taken from an earlier campaign; the last two where they are new.
    /// </summary>
    internal ImmutableArray<FirstPoint> First
    {
        get
        {
            var first = EnqueuedInFull.Select(point => new FirstPoint(point)).ToList();
            var known = first.Select(one => KeyOf(one.Point)).ToHashSet();
            if (Space.Default is { } standard && known.Add(KeyOf(standard)))
                first.Add(new FirstPoint(standard, "the default configuration"));
            foreach (var earlier in Earlier?.Trials ?? [])
            {
                if (known.Add(KeyOf(earlier.Point)))
                {
                    first.Add(new FirstPoint(
                        earlier.Point, earlier.Source ?? $"trial {earlier.Trial} of {earlier.Campaign ?? Earlier!.Campaign}"));
                }
            }

            return [.. first];

            string KeyOf(Point point) => string.Join(' ', Space.PositionOf(point));
        }
    }

    /// <summary>The configurations that are enqueued, with what they leave out.</summary>
    internal IEnumerable<Point> EnqueuedInFull => Enqueued.Select((point, place) => EnqueueLaw.Complete(point, this, place));

    private (ISchedule Schedule, string Why)? Chosen => GivenSchedule is AutoSchedule
        ? AutoSchedule.Choose(Objective.Epochs, Goals.Length, Objective.MayJoinTrials) : null;

    private protected override ISchedule Decided(ISchedule given) => Chosen?.Schedule ?? given;

    /// <summary>Whether a text can name a search.</summary>
    internal static bool IsName(string? text) => text is not null && Names().IsMatch(text);

    [GeneratedRegex($"^(?:{NamePattern})\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Names();
}

/// <summary>A configuration that runs before the sampler proposes any.</summary>
/// <param name="Point">The configuration.</param>
/// <param name="Note">Where it comes from, for people; <c>null</c> when the user enqueued it.</param>
internal sealed record FirstPoint(Point Point, string? Note = null);
