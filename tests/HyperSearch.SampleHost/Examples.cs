using HyperSearch.Hosting;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Planning;
using HyperSearch.Samplers.Auto;
using HyperSearch.Samplers.CmaEs;
using HyperSearch.Samplers.CoarseToFine;
using HyperSearch.Samplers.Designs;
using HyperSearch.Samplers.Gp;
using HyperSearch.Samplers.MultiFidelity;
using HyperSearch.Samplers.Tpe;
using HyperSearch.Schedules;
using HyperSearch.Spaces;

namespace HyperSearch.SampleHost;

/// <summary>The examples of the library's documentation, each under the name of its type; a test holds the two equal.</summary>
public static class Examples
{
    /// <summary>Shows how to make a <see cref="AshaSchedule"/>.</summary>
    public static void AshaScheduleExample()
    {
        var options = new SearchOptions { Epochs = 27, Schedule = new AshaSchedule { MinEpochs = 3 } };
    }

    /// <summary>Shows how to make a <see cref="AskAndTell"/>.</summary>
    public static void AskAndTellExample()
    {
        var space = new Space([new Parameter("x", new UniformScale(0, 1))]);
        var search = new AskAndTell(space, new SearchOptions { Trials = 30 });
        while (search.Ask() is { } job)
            search.Tell(job, Math.Pow(job.Point["x"].Number - 0.3, 2));
        Console.WriteLine(search.Ranking[0].Point);
    }

    /// <summary>Shows how to make a <see cref="AutoSampler"/>.</summary>
    public static void AutoSamplerExample()
    {
        var options = new SearchOptions { Sampler = new AutoSampler() };
    }

    /// <summary>Shows how to make a <see cref="AutoSchedule"/>.</summary>
    public static void AutoScheduleExample()
    {
        var options = new SearchOptions { Epochs = 27, Schedule = new AutoSchedule() };
    }

    /// <summary>Shows how to make a <see cref="CampaignOptions"/>.</summary>
    public static async Task CampaignOptionsExampleAsync()
    {
        var space = new Space([new Parameter("x", new UniformScale(0, 1))]);
        var options = new CampaignOptions { Trials = 30, Workers = 2 };
        var result = await Search.MinimizeAsync(space, (trial, stop) => Task.FromResult(Math.Pow(trial.GetDouble("x") - 0.3, 2)), options);
        Console.WriteLine($"{result.BestPoint}: {result.BestValue}");
    }

    /// <summary>Shows how to make a <see cref="ChoiceScale"/>.</summary>
    public static void ChoiceScaleExample()
    {
        var optimizer = new Parameter("optimizer", new ChoiceScale("momentum", "rmsprop", "adam"));
    }

    /// <summary>Shows how to make a <see cref="CmaEsSampler"/>.</summary>
    public static void CmaEsSamplerExample()
    {
        var options = new SearchOptions { Sampler = new CmaEsSampler { Sigma = 0.3 } };
    }

    /// <summary>Shows how to make a <see cref="CoarseToFineSampler"/>.</summary>
    public static void CoarseToFineSamplerExample()
    {
        var options = new SearchOptions { Sampler = new CoarseToFineSampler { GlobalShare = 0.1 } };
    }

    /// <summary>Shows how to make a <see cref="Condition"/>.</summary>
    public static void ConditionExample()
    {
        var epsilon = new Parameter("epsilon", new LogScale(1e-10, 1e-6)) { When = [new Condition("optimizer", ["adam", "rmsprop"])] };
    }

    /// <summary>Shows how to make a <see cref="Confirm"/>.</summary>
    public static void ConfirmExample()
    {
        var options = new SearchOptions { Confirm = new Confirm { Top = 3, Repeats = 5 } };
    }

    /// <summary>Shows how to make a <see cref="Constraint"/>.</summary>
    public static void ConstraintExample()
    {
        var layers = new Parameter("layers", new IntScale(1, 6));
        var units = new Parameter("units", new LogIntScale(16, 512));
        var space = new Space([layers, units], [Constraint.Parse("layers * units <= 1024")]);
    }

    /// <summary>Shows how to make a <see cref="DelegateObjective"/>.</summary>
    public static void DelegateObjectiveExample()
    {
        var objective = new DelegateObjective((trial, stop) => Task.FromResult(Math.Pow(trial.GetDouble("x") - 0.3, 2)));
    }

    /// <summary>Shows how to make a <see cref="FixedScale"/>.</summary>
    public static void FixedScaleExample()
    {
        var activation = new Parameter("activation", new FixedScale("relu"));
    }

    /// <summary>Shows how to make a <see cref="FreezeThawSchedule"/>.</summary>
    public static void FreezeThawScheduleExample()
    {
        var options = new SearchOptions { Epochs = 27, Schedule = new FreezeThawSchedule { MinEpochs = 3 } };
    }

    /// <summary>Shows how to make a <see cref="PbtSchedule"/>.</summary>
    public static void PbtScheduleExample()
    {
        var options = new SearchOptions { Epochs = 30, Schedule = new PbtSchedule { Population = 16, StepEpochs = 3 } };
    }

    /// <summary>Shows how to make a <see cref="FullSchedule"/>.</summary>
    public static void FullScheduleExample()
    {
        var options = new SearchOptions { Epochs = 27, Schedule = new FullSchedule() };
    }

    /// <summary>Shows how to make a <see cref="Goal"/>.</summary>
    public static void GoalExample()
    {
        var options = new SearchOptions { Metric = "dev_error", Further = [new Goal("seconds"), new Goal("accuracy", Maximize: true)] };
    }

    /// <summary>Shows how to make a <see cref="GpSampler"/>.</summary>
    public static void GpSamplerExample()
    {
        var options = new SearchOptions { Sampler = new GpSampler { Design = 12 } };
    }

    /// <summary>Shows how to make a <see cref="GridSampler"/>.</summary>
    public static void GridSamplerExample()
    {
        var options = new SearchOptions { Sampler = new GridSampler { Levels = 4 } };
    }

    /// <summary>Shows how to make a <see cref="HyperbandSchedule"/>.</summary>
    public static void HyperbandScheduleExample()
    {
        var options = new SearchOptions { Epochs = 27, Schedule = new HyperbandSchedule { Factor = 3 } };
    }

    /// <summary>Shows how to make a <see cref="IntScale"/>.</summary>
    public static void IntScaleExample()
    {
        var layers = new Parameter("layers", new IntScale(1, 6));
    }

    /// <summary>Shows how to make a <see cref="Limits"/>.</summary>
    public static void LimitsExample()
    {
        var limits = new Limits { Time = TimeSpan.FromHours(2), Target = 0.01, Patience = 50 };
    }

    /// <summary>Shows how to make a <see cref="LogIntScale"/>.</summary>
    public static void LogIntScaleExample()
    {
        var units = new Parameter("units", new LogIntScale(16, 256));
    }

    /// <summary>Shows how to make a <see cref="LogScale"/>.</summary>
    public static void LogScaleExample()
    {
        var rate = new Parameter("learning_rate", new LogScale(1e-4, 1));
    }

    /// <summary>Shows how to make a <see cref="MedianSchedule"/>.</summary>
    public static void MedianScheduleExample()
    {
        var options = new SearchOptions { Epochs = 27, Schedule = new MedianSchedule { MinTrials = 8 } };
    }

    /// <summary>Shows how to make a <see cref="MultiFidelityGpSampler"/>.</summary>
    public static void MultiFidelityGpSamplerExample()
    {
        var options = new SearchOptions { Epochs = 27, Schedule = new AshaSchedule { Factor = 3 }, Sampler = new MultiFidelityGpSampler() };
    }

    /// <summary>Shows how to make a <see cref="OneMinusLogScale"/>.</summary>
    public static void OneMinusLogScaleExample()
    {
        var momentum = new Parameter("momentum", new OneMinusLogScale(0.9, 0.999));
    }

    /// <summary>Shows how to make a <see cref="Parameter"/>.</summary>
    public static void ParameterExample()
    {
        var rate = new Parameter("learning_rate", new LogScale(1e-4, 1)) { Default = 0.01 };
    }

    /// <summary>Shows how to make a <see cref="Point"/>.</summary>
    public static void PointExample()
    {
        var start = new Point([new("learning_rate", 0.01), new("optimizer", "adam")]);
        var options = new SearchOptions { Enqueued = [start] };
    }

    /// <summary>Shows how to make a <see cref="PowerOfTwoScale"/>.</summary>
    public static void PowerOfTwoScaleExample()
    {
        var batch = new Parameter("batch_size", new PowerOfTwoScale(32, 512));
    }

    /// <summary>Shows how to make a <see cref="RandomSampler"/>.</summary>
    public static void RandomSamplerExample()
    {
        var options = new SearchOptions { Sampler = new RandomSampler() };
    }

    /// <summary>Shows how to make a <see cref="Planning.Search"/>.</summary>
    public static void SearchExample()
    {
        var search = new Search
        {
            Name = "mine",
            Objective = new DelegateDefinition { Epochs = 12 },
            Metric = "loss",
            Space = new Space([new Parameter("x", new UniformScale(0, 1))]),
        };
    }

    /// <summary>Shows how to make a <see cref="SearchOptions"/>.</summary>
    public static void SearchOptionsExample()
    {
        var options = new SearchOptions
        {
            Trials = 60,
            Epochs = 12,
            Schedule = new MedianSchedule(),
            Confirm = new Confirm { Top = 3 },
            Limits = new Limits { Patience = 20 },
        };
    }

    /// <summary>Shows how to make a <see cref="SobolSampler"/>.</summary>
    public static void SobolSamplerExample()
    {
        var options = new SearchOptions { Sampler = new SobolSampler() };
    }

    /// <summary>Shows how to make a <see cref="Space"/>.</summary>
    public static void SpaceExample()
    {
        var space = new Space(
        [
            new Parameter("learning_rate", new LogScale(1e-4, 1)) { Default = 0.01 },
            new Parameter("optimizer", new ChoiceScale("momentum", "adam")),
            new Parameter("epsilon", new LogScale(1e-10, 1e-6)) { When = [new Condition("optimizer", ["adam"])] },
        ]);
        Console.WriteLine(space.Default);
    }

    /// <summary>Shows how to make a <see cref="SuccessiveHalvingSchedule"/>.</summary>
    public static void SuccessiveHalvingScheduleExample()
    {
        var options = new SearchOptions { Epochs = 27, Schedule = new SuccessiveHalvingSchedule { Factor = 3 } };
    }

    /// <summary>Shows how to make a <see cref="TpeSampler"/>.</summary>
    public static void TpeSamplerExample()
    {
        var options = new SearchOptions { Sampler = new TpeSampler { Candidates = 24 } };
    }

    /// <summary>Shows how to make a <see cref="UniformScale"/>.</summary>
    public static void UniformScaleExample()
    {
        var dropout = new Parameter("keep_prob", new UniformScale(0.5, 1) { Step = 0.1 });
    }
}
