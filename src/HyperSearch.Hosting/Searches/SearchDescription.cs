using System.Collections.Immutable;
using System.Globalization;
using HyperSearch.Analysis;
using HyperSearch.Hosting.Searches.Binding;
using HyperSearch.Hosting.Searches.Grammar;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Samplers.Auto;
using HyperSearch.Samplers.CoarseToFine;
using HyperSearch.Samplers.Designs;
using HyperSearch.Samplers.Gp;
using HyperSearch.Samplers.MultiFidelity;
using HyperSearch.Schedules;
using HyperSearch.Spaces;

namespace HyperSearch.Hosting.Searches;

/// <summary>A search for people: its space with scales, ranges, values and conditions, and its method in a line each.</summary>
/// <param name="Parameters">The parameters, in the order of the file.</param>
/// <param name="GridPoints">
/// How many configurations the grid has, or, with another sampler, the space at most; <c>null</c> when it is continuous or the number is
/// beyond counting.
/// </param>
/// <param name="Sampler">The sampler with the options that are not at their defaults.</param>
/// <param name="Schedule">The schedule as it was given, with the options that are not at their defaults.</param>
public sealed record SearchDescription(ImmutableArray<ParameterDescription> Parameters, long? GridPoints, string Sampler, string Schedule)
{
    /// <summary>The choice of the sampler auto with its reason; <c>null</c> with any other sampler.</summary>
    public string? Choice { get; init; }

    /// <summary>The choice of the schedule auto with its reason; <c>null</c> with any other schedule.</summary>
    public string? ScheduleChoice { get; init; }

    /// <summary>How many brackets of hyperband the trials fill; <c>null</c> with any other schedule.</summary>
    public string? Brackets { get; init; }

    /// <summary>What decides with freeze-thaw, named or chosen, and when; <c>null</c> with any other schedule.</summary>
    public string? Model { get; init; }

    /// <summary>The population of pbt and its steps; <c>null</c> with any other schedule.</summary>
    public string? Population { get; init; }

    /// <summary>Describes a search.</summary>
    public static SearchDescription Of(Search search)
    {
        ArgumentNullException.ThrowIfNull(search);
        return new SearchDescription(
            [.. search.Space.Parameters.Select(Describe)],
                search.Sampler is GridSampler grid ? grid.Count(search.Space) : search.Space.Count,
                SearchGrammar.Samplers.Describe(search.Sampler), SearchGrammar.Schedules.Describe(search.GivenSchedule))
        {
            Choice = ChoiceOf(search),
            ScheduleChoice = search.ScheduleChoice,
            Brackets = search.Schedule is HyperbandSchedule hyperband
                ? BracketsOf(search.Trials, hyperband.Brackets(search.Objective.Epochs)) : null,
            Model = search.Schedule is FreezeThawSchedule thaw ? ModelOf(search, thaw) : null,
            Population = search.Schedule is PbtSchedule pbt ? PopulationOf(search, pbt) : null,
        };
    }

    /// <summary>The choice of the sampler auto with its reason; <c>null</c> with any other sampler.</summary>
    internal static string? ChoiceOf(Search search) => search.Sampler is not AutoSampler ? null
        : AutoSampler.Choose(new SamplingProblem(search.Space, search.Seed, search.Trials)
        {
            Objectives = search.Goals.Length,
            Rungs = search.Schedule.Initial(search.Objective.Epochs).Rungs.Count,
            Edition = search.Edition,
        }).Why;

    /// <summary>The space as a table in plain text, one line a parameter, then the number of configurations.</summary>
    public override string ToString()
    {
        var (names, scales) = (Parameters.Max(parameter => parameter.Name.Length), Parameters.Max(parameter => parameter.Scale.Length));
        var lines = Parameters.Select(parameter => string.Concat(
            parameter.Name.PadRight(names + 2), parameter.Scale.PadRight(scales + 2), Remark(parameter)).TrimEnd());
        var count = GridPoints is { } points
            ? $"{points.ToString("N0", CultureInfo.InvariantCulture)} {(points == 1 ? "configuration" : "configurations")}"
            : "the space is continuous";
        return string.Join('\n', lines.Append(count));
    }

    private static string ModelOf(Search search, FreezeThawSchedule thaw)
    {
        var proposes = search.Sampler is CoarseToFineSampler or GpSampler or AutoSampler or MultiFidelityGpSampler
            ? "and proposes the points" : $"{SearchGrammar.Samplers.Describe(search.Sampler)} proposes the points";
        var guard = Figures.Count((int)Math.Min(int.MaxValue, Math.Ceiling(thaw.Guard * search.Objective.Epochs)), "epoch");
        return $"asha decides until {guard} are spent; then a model of all results weighs paused trials against new ones, {proposes}";
    }

    private static string PopulationOf(Search search, PbtSchedule pbt)
    {
        var rungs = pbt.Initial(search.Objective.Epochs, search.Trials).Rungs;
        var population = pbt.PopulationOf(search.Trials, rungs.Count - 1);
        var kept = Planner.KeptBy(search, new Perturbation(pbt.Factor, pbt.Resample) { Keep = pbt.Keep });
        var nobody = rungs.Count == 1 ? $"step_epochs is the full budget, so nothing is compared on the way: nobody gives way"
            : population == 1 ? "a population of 1 has nobody to copy"
            : population >= search.Trials
                ? $"{Figures.Count(search.Trials, "trial")} leave none for copies, so nobody gives way: take a smaller population "
                    + "or more trials"
            : null;
        if (nobody is not null)
            return $"{nobody}; every trial trains to the end by its own configuration";
        return $"{Figures.Count(population, "trial")} train side by side, each population at the cost of as many full trainings, and are "
            + $"compared {Figures.Count(rungs.Count - 1, "time")}, first after {Figures.Count(rungs[0], "epoch")}; "
            + $"each time {PbtSchedule.GivingWay(population, pbt.Quantile)} or more give way to copies of the best"
            + (kept.IsEmpty ? "" : $", which keep {string.Join(", ", kept)}");
    }

    private static string BracketsOf(int trials, IReadOnlyList<int> sizes)
    {
        var (filled, left) = (0, trials);
        while (filled < sizes.Count && left >= sizes[filled])
            left -= sizes[filled++];
        var round = sizes.Sum();
        var says = string.Create(CultureInfo.InvariantCulture,
            $"{Figures.Count(trials, "trial")} fill {filled} of {sizes.Count} brackets, which take {string.Join(", ", sizes)} trials");
        return filled == sizes.Count ? says : string.Create(CultureInfo.InvariantCulture, $"{says}; {round} trials fill each once");
    }

    private static string Remark(ParameterDescription parameter)
    {
        var values = parameter.Values is > 1 and var many ? $"{many.ToString("N0", CultureInfo.InvariantCulture)} values" : "";
        return string.Join("; ",
            new[] { values, parameter.Note, parameter.When is null ? "" : $"when {parameter.When}" }.Where(part => part.Length > 0));
    }

    private static ParameterDescription Describe(Parameter parameter) =>
        new(parameter.Name, parameter.Scale.Describe(), parameter.Scale.Count,
            parameter.When.IsEmpty ? null : SpaceBinder.Describe(parameter.When), NoteOf(parameter.Scale));

    private static string NoteOf(Scale scale) => scale switch
    {
        LogScale or LogIntScale => "every decade equally likely",
        OneMinusLogScale => "every decade of 1 - x equally likely",
        { Written: null } => "in code",
        _ => "",
    };
}

/// <summary>A parameter for people: a line of what <c>check</c> prints.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Scale">Its scale and range: <c>log [0.0001, 1]</c>.</param>
/// <param name="Values">How many values it has; <c>null</c> when it is continuous.</param>
/// <param name="When">When it plays a part: <c>optimizer is adam</c>; <c>null</c> always.</param>
/// <param name="Note">The meaning of its scale: <c>every decade equally likely</c>; empty when the scale says it all.</param>
public sealed record ParameterDescription(string Name, string Scale, long? Values, string? When, string Note);
