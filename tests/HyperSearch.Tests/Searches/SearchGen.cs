using System.Collections.Immutable;
using CsCheck;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Samplers.Designs;
using HyperSearch.Schedules;
using HyperSearch.Spaces;
using HyperSearch.Training.Data;

namespace HyperSearch.Tests.Searches;

/// <summary>Searches at random, every field of which is away from its default now and then.</summary>
internal static class SearchGen
{
    /// <summary>Texts that YAML could take for something else.</summary>
    private static readonly Gen<string> Text = Gen.OneOf(
        Among("true", "1", "~", "null", "a: b", "# no", "- x", "\"", "\\", "'", "a\nb", "\t", "ü", "😀", "{x}", " ", "1e-4", "*a",
            "&a", "!x", "\u2028", "\u0085", "%", "@"),
        Gen.String[Gen.Char[' ', '~'], 1, 12]);

    private static readonly Gen<string> Path = Among("data/a.csv", "b c.csv.gz", "ü.csv", "1.csv", "a: b.csv");

    private static readonly Gen<ParameterValue> Value = Gen.OneOf(
        Text.Select(text => new ParameterValue(text)), Gen.Bool.Select(boolean => new ParameterValue(boolean)),
            Gen.Double[-1e9, 1e9].Select(number => new ParameterValue(number)));

    private static readonly Gen<TimeSpan> Time = Gen.OneOf(Gen.Long[1, 100_000_000_000], Gen.Long[1, 9_999_999_999_999_999])
        .Select(TimeSpan.FromTicks);

    private static readonly Gen<Limits> Limits =
        from timeout in Maybe(Time)
        from retries in Gen.Int[0, int.MaxValue]
        from failures in Gen.Int[0, int.MaxValue]
        from time in Maybe(Time)
        from target in Maybe(Gen.Double[-1e300, 1e300])
        from patience in Maybe(Gen.Int[1, int.MaxValue])
        from epochs in Maybe(Gen.Long[1, 1L << 53])
        select new Limits
        {
            TrialTimeout = timeout,
            Retries = retries,
            StopAfterFailures = failures,
            Time = time,
            Target = target,
            Patience = patience,
            Epochs = epochs,
        };

    private static readonly Gen<Confirm> Confirm =
        from top in Gen.Int[1, 1000]
        from repeats in Gen.Int[1, 1000]
        from more in Maybe(Gen.Int[0, 1000])
        select new Confirm { Top = top, Repeats = repeats, AtMost = more is null ? null : (top * repeats) + more };

    private static readonly Gen<ImmutableArray<Parameter>> Parameters =
        from low in Gen.Double[-1e6, 1e6]
        from width in Gen.Double[1e-3, 1e6]
        from whole in Gen.Int[1, 1000]
        from values in Value.Array[2, 4].Where(values => values.Distinct().Count() == values.Length)
        from alone in Value
        from factor in Gen.Int[2, 9]
        from first in Gen.Bool
        select ImmutableArray.Create(
            new Parameter("a", new UniformScale(low, low + width)) { Default = first ? low : default(ParameterValue?) },
            new Parameter("b", new UniformScale(-whole, 6 * whole) { Step = whole }),
            new Parameter("c", new LogScale(width, width * 10)),
            new Parameter("d", new LogScale(1, factor * factor * factor) { Factor = factor }),
            new Parameter("e", new OneMinusLogScale(0, 1 - (1 / (1 + width)))),
            new Parameter("f", new IntScale(-whole * factor, whole * factor) { Step = factor }),
            new Parameter("g", new LogIntScale(whole, whole * 100L)),
            new Parameter("h", new PowerOfTwoScale(1, 1L << factor)),
            new Parameter("true", new ChoiceScale([.. values])) { Default = first ? values[0] : default(ParameterValue?) },
            new Parameter("j", new FixedScale(alone)),
            new Parameter("k", new FixedScale(alone)) { When = [new Condition("true", [values[1]])] });

    private static readonly Gen<Space> Spaces =
        from parameters in Parameters
        from constrained in Gen.Bool
        select constrained
            ? new Space(parameters, [Constraint.Parse("a < 1e300"), Constraint.Parse("h > 0 and f <= 10001")]) : new Space(parameters);

    /// <summary>Every sampler and every schedule, as it is and with every option changed.</summary>
    private static readonly Gen<ISampler> Samplers = Methods<ISampler>();
    private static readonly Gen<ISchedule> Schedules = Methods<ISchedule>();

    private static readonly Gen<ObjectiveDefinition> Programs = Gen.OneOf<ObjectiveDefinition>(
        Gen.Int[100, 100_000].Select(epochs => (ObjectiveDefinition)new DelegateDefinition { Epochs = epochs, Program = "tests" }),
        from arguments in Gen.OneOf(Text.Where(text => text.IndexOfAny(['{', '}']) < 0), Among("--a={a}", "", "x y")).Array[1, 4]
        from worker in Gen.Bool
        from variables in Gen.Select(Among("A", "_b", "C1"), Text.Where(text => text.IndexOfAny(['{', '}']) < 0)).Array[0, 3]
        from grace in Time
        from keep in Gen.Int[0, 9]
        from devices in Among("0", "1", "GPU-8932f937").Array[0, 3]
        from files in Among("train.py", "lib/**", "a b.txt", "*.py").Array[0, 3]
        from epochs in Gen.Int[100, 100_000]
        select (ObjectiveDefinition)new CommandDefinition([.. arguments.Where(argument => !worker || !argument.Contains('{')), "x"],
            "/base")
        {
            KeepAlive = worker,
            Epochs = epochs,
            Grace = grace,
            Devices = [.. devices],
            Files = [.. files],
            KeepCheckpoints = keep,
            Environment = variables.DistinctBy(variable => variable.Item1)
                .ToImmutableSortedDictionary(variable => variable.Item1, variable => variable.Item2, StringComparer.Ordinal),
        });

    private static readonly Gen<GeneratorOptions> Figures =
        from kind in Among("spirals", "blobs", "moons")
        from rows in Gen.Int[100, 5000]
        from noise in Maybe(Gen.Double[0, 1])
        from classes in Maybe(Gen.Int[2, 9])
        from seed in Maybe(Gen.ULong)
        select new GeneratorOptions { Kind = kind, Rows = rows, Noise = noise, Classes = kind == "moons" ? null : classes, Seed = seed };

    private static readonly Gen<DataSource> Sources = Gen.OneOf(
        Path.Select(path => new DataSource { Path = path, Label = "l" }),
        Gen.Select(Path, Path, Path, (train, dev, test) => new DataSource { Train = train, Dev = dev, Test = test, Label = "l: \"x\"" }),
        Gen.Bool.Select(parts =>
            new DataSource
            {
                Images = "a.idx",
                Labels = "b.idx",
                DevImages = parts ? "c" : null,
                DevLabels = parts ? "d" : null,
                TestImages = parts ? "e" : null,
                TestLabels = parts ? "f" : null
            }),
        Figures.Select(made => new DataSource { Generate = made }));

    private static readonly Gen<ObjectiveDefinition> Trainings =
        from source in Sources
        from epochs in Gen.Int[100, 1000]
        from task in Among("classification", "regression").Null()
        from positive in Among("1", "yes", "a: b").Null()
        from ignore in Text.Array[0, 2]
        from categorical in Text.Array[0, 2]
        from missing in Among("refuse", "mean", "mode")
        from split in Gen.Bool
        from folds in Maybe(Gen.Int[2, 100])
        from ensemble in Gen.Int[1, 30]
        from refit in Gen.Enum<RefitRows>()
        from image in Among("8x8", "32x32x3").Null()
        from normalize in Among("feature", "image", "none").Null()
        from header in Maybe(Gen.Bool)
        from separator in Among("comma", "semicolon", "space").Null()
        from mark in Among("point", "comma").Null()
        let table = source.Path is not null || source.Train is not null
        select (ObjectiveDefinition)new TrainingDefinition(source with
        {
            Folder = "/base",
            Task = task,
            Positive = positive,
            Ignore = table ? [.. ignore.Where(column => column != source.Label)] : [],
            Categorical = table ? categorical : [],
            Missing = table ? missing : "refuse",
            Split = split && source.Dev is null && source.DevImages is null ? [0.5, 0.25, 0.25] : null,
            Image = table ? image : null,
            Normalize = normalize,
            Header = header,
            Separator = separator,
            DecimalMark = mark,
        })
        {
            Epochs = epochs,
            Folds = folds ?? 0,
            Ensemble = folds is null ? new TrainingDefinition(source).Ensemble : ensemble,
            Refit = folds is null ? refit : RefitRows.TrainDev,
        };

    private static readonly Gen<Search> Settings =
        from name in Among("a", "a-1.b_C", "1")
        from trials in Gen.Int[1, int.MaxValue]
        from seed in Gen.ULong
        from workers in Maybe(Gen.Int[1, 1024])
        from slots in Maybe(Gen.Int[1, int.MaxValue])
        from relaxed in Gen.Bool
        from baseError in Gen.Double[0, 1]
        from start in Gen.Select(Text.Array[1, 3], Gen.Int[1, 1000], (campaigns, best) => new WarmStart([.. campaigns], best)).Null()
        from needs in Gen.Select(Among("gpu", "os", "a.b-c_1"), Gen.OneOf(
            Gen.Int[1, 9].Select(number => new ParameterValue(number)),
            Among("a100", "true", "12.4").Select(word => new ParameterValue(word)),
            Gen.Const(new ParameterValue(true)))).Array[0, 3]
        from limits in Limits
        select new Search
        {
            Name = name,
            Objective = new DelegateDefinition(),
            Space = new Space([]),
            Trials = trials,
            Seed = seed,
            Workers = workers,
            Slots = slots ?? 8, // the default, which a file with auto does not say
            AutoSlots = slots is null,
            Relaxed = relaxed,
            BaseError = baseError,
            From = start,
            Limits = limits,
            Needs = needs.DistinctBy(need => need.Item1)
                .ToImmutableSortedDictionary(need => need.Item1, need => need.Item2, StringComparer.Ordinal),
        };

    private static readonly Gen<Search> Single =
        from settings in Settings
        from space in Spaces
        from objective in Programs
        from metric in Text
        from maximize in Gen.Bool
        from sampler in Samplers
        from schedule in Schedules
        from confirm in Confirm.Null()
        from positions in Gen.Double[0, 1].Array[space.Dimensions].Array[0, 3]
        select settings with
        {
            Space = space,
            Objective = objective,
            Metric = metric,
            Maximize = maximize,
            Sampler = sampler,
            Schedule = schedule,
            Confirm = schedule is PbtSchedule ? null : confirm,
            Enqueued = [.. positions.Select(position => space.At(position))],
        };

    private static readonly Gen<Search> Several =
        from search in Single
        from further in Text.Array[1, 3]
        from ways in Gen.Int[0, 3]
        let less = further.Where(metric => metric != search.Metric).Distinct()
            .Select(metric => new Goal(metric, ways > 0 == search.Maximize)).ToArray()
        select search with { Sampler = new RandomSampler(), Schedule = new FullSchedule(), Confirm = null, Further = [.. less] };

    private static readonly Gen<Search> Trained =
        from search in Single
        from training in Trainings
        from prior in Gen.Bool
        select search with
        {
            Objective = training,
            Prior = prior,
            Schedule = search.Schedule is PbtSchedule pbt ? pbt with { Keep = [] } : search.Schedule, // "a" is not in this space
            Metric = "dev_error",
            Maximize = false,
            Space = new Space([new Parameter("learning_rate", new LogScale(1e-4, 1)), new Parameter("activation", new FixedScale("relu"))]),
            Enqueued = [],
        };

    /// <summary>All searches that a file can say.</summary>
    public static Gen<Search> All { get; } = Gen.OneOf(Single, Several, Trained);

    private static Gen<T> Among<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static Gen<T?> Maybe<T>(Gen<T> gen)
        where T : struct => Gen.Bool.SelectMany(given => given ? gen.Select(value => (T?)value) : Gen.Const((T?)null));

    private static Gen<T> Methods<T>() => Among(
    [
        .. Registered.Of<T>().Values.SelectMany(method => new[] { method, (T)Changed(method!.GetType()) }),
    ]);

    private static object Changed(Type type)
    {
        var method = Activator.CreateInstance(type)!;
        foreach (var option in type.GetProperties().Where(property => property.SetMethod is not null))
        {
            option.SetValue(method, option.GetValue(method) switch
            {
                int count => count + 2,
                double share => (share * 0.9) + 0.07,
                bool given => !given,
                ImmutableArray<string> names => names.Add("a"),
                var other => throw new NotSupportedException($"{option.Name} is {other}. Change it here."),
            });
        }

        return method;
    }
}
