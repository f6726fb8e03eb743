using System.Collections.Immutable;
using HyperSearch.Samplers;
using HyperSearch.Samplers.Auto;
using HyperSearch.Samplers.CoarseToFine;
using HyperSearch.Schedules;
using HyperSearch.Spaces;

namespace HyperSearch.Planning;

/// <summary>
/// How a search decides and when it ends: whatever a <see cref="Search"/> and the options of a search made in code have in common.
/// </summary>
public abstract record SearchSettings
{
    /// <summary>Only a search and its options are settings.</summary>
    private protected SearchSettings()
    {
    }

    /// <summary>The metric that decides, for instance <c>dev_error</c>. Default <c>value</c>.</summary>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public string Metric
    {
        get;
        init => field = SearchLaw.Text(value, nameof(Metric), "Name what an objective reports, such as loss.");
    } = "value";

    /// <summary>
    /// Further metrics that are traded off against <see cref="Metric"/>. The search then looks for the front of trials that no other trial
    /// beats in everything. Default: none.
    /// </summary>
    /// <exception cref="ArgumentException">It is a default array.</exception>
    public ImmutableArray<Goal> Further { get; init => field = Given(value, nameof(Further)); } = [];

    /// <summary>
    /// The error that the best possible (a team of experts, Bayes) would have, in the metric's own unit: bias is measured from it. Default
    /// 0.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double BaseError
    {
        get;
        init => field = SearchLaw.AtLeast(SearchLaw.Finite(value, nameof(BaseError), Unknown), 0, nameof(BaseError), Unknown);
    }

    /// <summary>
    /// The sampler, which proposes points. Default: <see cref="AutoSampler"/>, which chooses one and says why; in the first
    /// <see cref="Edition"/> coarse to fine.
    /// </summary>
    public ISampler Sampler
    {
        get => field ?? (Edition == LawEdition.First ? new CoarseToFineSampler() : new AutoSampler());
        init => field = value ?? throw new ArgumentNullException(nameof(Sampler));
    }

    /// <summary>
    /// The schedule, which decides the epochs of a trial. Default: <see cref="FullSchedule"/>, all of them for all. A <see cref="Search"/>
    /// that is given <see cref="AutoSchedule"/> has the one that this chooses; <see cref="Search.ScheduleChoice"/> says why.
    /// </summary>
    public ISchedule Schedule
    {
        get => Decided(GivenSchedule);
        init => GivenSchedule = value ?? throw new ArgumentNullException(nameof(Schedule));
    }

    /// <summary>The schedule as it was given: <see cref="AutoSchedule"/> itself where that chooses.</summary>
    internal ISchedule GivenSchedule { get; private init; } = new FullSchedule();

    /// <summary>How many trials in all. Default 100.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not positive.</exception>
    public int Trials { get; init => field = SearchLaw.AtLeast(value, 1, nameof(Trials), "A search evaluates something."); } = 100;

    /// <summary>The seed of every random stream of the campaign. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>
    /// Logical workers, which fix the outcomes that a decision sees, however many workers there are. Default 8; 1 for a search that uses
    /// every outcome at once.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not positive.</exception>
    public int Slots { get; init => field = SearchLaw.AtLeast(value, 1, nameof(Slots), "With 1 every decision sees every outcome."); } = 8;

    /// <summary>
    /// Whether the slots follow the workers: a campaign that begins takes <see cref="SlotLaw.Choose"/> instead of <see cref="Slots"/>, and
    /// more when workers on other machines join. It keeps what was chosen, so that resuming repeats its decisions. Default false: a number
    /// is a promise.
    /// </summary>
    public bool AutoSlots { get; init; }

    /// <summary>
    /// The edition of the laws that samplers decide by: one of <see cref="LawEdition"/>. Default: the newest. A campaign keeps the one that
    /// it began with; a later one than this version knows can be read, not continued.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not positive.</exception>
    public int Edition
    {
        get;
        init => field = SearchLaw.AtLeast(value, LawEdition.First, nameof(Edition), "The newest is the default.");
    } = LawEdition.Newest;

    /// <summary>
    /// Whether decisions follow real completion order instead of the logical clock, giving up reproducibility. Default false.
    /// </summary>
    public bool Relaxed { get; init; }

    /// <summary>Configurations to run first, in this order. A parameter that one leaves out is drawn from the space, by the seed and its
    /// place. Default: none.</summary>
    /// <exception cref="ArgumentException">It is a default array.</exception>
    public ImmutableArray<Point> Enqueued { get; init => field = Given(value, nameof(Enqueued)); } = [];

    /// <summary>
    /// The trials of an earlier campaign that run after <see cref="Enqueued"/> and the defaults. A campaign keeps them, so that it needs
    /// the earlier one no more. Default <c>null</c>: none.
    /// </summary>
    public EarlierTrials? Earlier { get; init; }

    /// <summary>
    /// How the leaders are confirmed on fresh seeds when the search has ended; the best is then the one with the best mean. Default
    /// <c>null</c>: not at all.
    /// </summary>
    public Confirm? Confirm { get; init; }

    /// <summary>When to give up.</summary>
    public Limits Limits { get; init => field = value ?? throw new ArgumentNullException(nameof(Limits)); } = new();

    /// <summary>The schedule that decides, of the one that was given; the settings alone cannot tell what auto chooses.</summary>
    private protected virtual ISchedule Decided(ISchedule given) => given;

    private const string Unknown = "Give 0 where it is unknown.";

    private static ImmutableArray<T> Given<T>(ImmutableArray<T> value, string name) =>
        !value.IsDefault ? value : throw new ArgumentException($"{name} is a default array. Use [] for none.", name);
}
