using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Samplers.Auto;
using HyperSearch.Samplers.CmaEs;
using HyperSearch.Samplers.CoarseToFine;
using HyperSearch.Samplers.Designs;
using HyperSearch.Samplers.Gp;
using HyperSearch.Samplers.Tpe;
using HyperSearch.Schedules;
using HyperSearch.Spaces;
using HyperSearch.Tests.Planning;

namespace HyperSearch.Tests.Samplers;

/// <summary>Every sampler decides to the bit as it did when the constants were taken: kept campaigns resume by deciding again.</summary>
/// <remarks>
/// A constant may only change when a law is meant to change. The campaigns that were made with the old law can then no longer be continued,
/// and the changelog has to say so.
/// </remarks>
public sealed class GoldenDecisionTests
{
    private static readonly Dictionary<string, ISampler> Samplers = new()
    {
        ["random"] = new RandomSampler(),
        ["grid"] = new GridSampler { Levels = 3 },
        ["sobol"] = new SobolSampler(),
        ["coarse_to_fine"] = new CoarseToFineSampler(),
        ["coarse_to_fine, no model"] = new CoarseToFineSampler { Candidates = 1, GlobalShare = 0.2, Patience = 3 },
        ["gp"] = new GpSampler { Design = 3, Candidates = 32 },
        ["gp, handing over"] = new GpSampler { Design = 3, Candidates = 16, MostTrials = 15 },
        ["tpe"] = new TpeSampler(),
        ["cma_es"] = new CmaEsSampler(),
        ["auto"] = new AutoSampler(),
    };

    /// <summary>Half of the space is a few points, the other half is continuous.</summary>
    private static readonly Space Sparse = new(
    [
        new Parameter("a", new IntScale(1, 3)),
        new Parameter("b", new ChoiceScale("on", "off")),
        new Parameter("c", new UniformScale(0, 1)) { When = [new Condition("b", ["on"])] },
    ]);

    private static readonly Dictionary<string, Func<ISampler, Search>> Campaigns = new()
    {
        ["plain"] = sampler => PlannerRun.Search(sampler, 40, slots: 1) with { Space = Grounds.Mixed },
        ["slots"] = sampler => PlannerRun.Search(sampler, 40, slots: 3) with
        {
            Space = Grounds.Mixed,
            Enqueued = [Grounds.Mixed.At([0.6, 0.9, 0.5, 0.7, 0.2])],
        },
        ["conditions"] = sampler => PlannerRun.Search(sampler, 25, slots: 2) with { Space = Sparse },
        ["rungs"] = sampler => PlannerRun.Search(sampler, 60, slots: 4) with
        {
            Space = Grounds.Cube(2),
            Objective = new TestObjective { Epochs = 9 },
            Schedule = new AshaSchedule { Factor = 3 },
            Enqueued = [Grounds.Cube(2).At([0.5, 0.5])],
        },
        ["finite rungs"] = sampler => PlannerRun.Search(sampler, 30, slots: 4) with
        {
            Space = Grounds.Finite,
            Objective = new TestObjective { Epochs = 16 },
            Schedule = new HyperbandSchedule(),
        },
        ["traded off"] = sampler => PlannerRun.Search(sampler, 60, slots: 4) with
        {
            Space = Grounds.Mixed,
            Objective = new TestObjective { Epochs = 9 },
            Schedule = new AshaSchedule { Factor = 3 },
            Further = [new Goal("cost")],
        },
    };

    public static TheoryData<string, string, string> Decisions => new()
    {
        { "random", "plain", "01EA7563979CAFFD" },
        { "random", "slots", "648686DD2F29434F" },
        { "random", "conditions", "3D700540D0B1D6FF" },
        { "random", "rungs", "A5511081068712D6" },
        { "random", "finite rungs", "2E8AEA7B134ACF0B" },
        { "random", "traded off", "9A2DBAD40BA6CC15" },
        { "grid", "plain", "61BD75F3418DB857" },
        { "grid", "slots", "41CF04003A65319A" },
        { "grid", "conditions", "BFEDAEAE695FDEA8" },
        { "grid", "rungs", "2A470269CBAB69A7" },
        { "grid", "finite rungs", "B921A536729DB82D" },
        { "grid", "traded off", "4B78026CB54795A4" },
        { "sobol", "plain", "D3774D9854D1F6A1" },
        { "sobol", "slots", "2C11ABB4A8955B3F" },
        { "sobol", "conditions", "49F3F8741A8007B5" },
        { "sobol", "rungs", "473FE1BEF8CE34BD" },
        { "sobol", "finite rungs", "E8610437E6E4FCA4" },
        { "sobol", "traded off", "E774803E98A4901E" },
        { "coarse_to_fine", "plain", "DEF413A46579E0ED" },
        { "coarse_to_fine", "slots", "06014BEE0A8A9534" },
        { "coarse_to_fine", "conditions", "7E8587C4791E88CE" },
        { "coarse_to_fine", "rungs", "F46DDAF665F04FB9" },
        { "coarse_to_fine", "finite rungs", "7575A4C33B3D20DF" },
        { "coarse_to_fine", "traded off", "0D843BD3BECFB4AB" },
        { "coarse_to_fine, no model", "plain", "60C498C6AD63FD1D" },
        { "coarse_to_fine, no model", "slots", "2E6D7B1B5AD26BFD" },
        { "coarse_to_fine, no model", "conditions", "55122AA2AE70C5A1" },
        { "coarse_to_fine, no model", "rungs", "CE683CAC25F32CDF" },
        { "coarse_to_fine, no model", "finite rungs", "6543A4C40046A24D" },
        { "coarse_to_fine, no model", "traded off", "3F1593BD309C6F58" },
        { "gp", "plain", "60E5E9645FF953A6" },
        { "gp", "slots", "53878F55E53E5EA9" },
        { "gp", "conditions", "B953951E5F836AB7" },
        { "gp", "rungs", "1AE7ADFE11327FAA" },
        { "gp", "finite rungs", "6888FB7C111DDE8B" },
        { "gp, handing over", "plain", "9B42DA4DE4C8B6D6" },
        { "gp, handing over", "slots", "108CEB9F99E70EEE" },
        { "gp, handing over", "conditions", "FEFA0C875DB6D743" },
        { "gp, handing over", "rungs", "F08F718DC132AC0A" },
        { "gp, handing over", "finite rungs", "166A8B2E7685E6C4" },
        { "tpe", "plain", "596ADAAB058AE0A6" },
        { "tpe", "slots", "7EA1A810551B5FEF" },
        { "tpe", "conditions", "97372F782979DA1E" },
        { "tpe", "rungs", "417781DE2F7EEFB3" },
        { "tpe", "finite rungs", "D8774305C3F804AA" },
        { "cma_es", "plain", "065F0A6FCF12E55F" },
        { "cma_es", "slots", "928C602CE76AEB4E" },
        { "cma_es", "conditions", "915B3049D8816610" },
        { "cma_es", "rungs", "B52B80531E9885EC" },
        { "cma_es", "finite rungs", "C4B01E50900DD6BB" },
        { "auto", "plain", "225BE7B85A6F504C" },
        { "auto", "slots", "CF56D21A8D12F1AC" },
        { "auto", "conditions", "0256318C7809370E" },
        { "auto", "rungs", "926167BDB23C72E6" },
        { "auto", "finite rungs", "7EB9F23FBC7B09BD" },
    };

    [Theory]
    [MemberData(nameof(Decisions))]
    public void Decisions_KeepTheirBits(string sampler, string campaign, string expected) =>
        Assert.Equal(expected, Hash(sampler, campaign));

    [Fact]
    public void Decisions_AreKnownOfEverySampler() =>
        Assert.Empty(Registered.Of<ISampler>().Keys.Except(Decisions.Select(row => row.Data.Item1)));

    /// <summary>The jobs of three campaigns with all that is recorded of why they were made.</summary>
    private static string Hash(string sampler, string campaign)
    {
        var text = new StringBuilder();
        for (var seed = 1UL; seed <= 3; seed++)
        {
            var search = Campaigns[campaign](Samplers[sampler]) with { Seed = seed };
            PlannerRun.Outcomes(search, measure: job => Measure(job), complete: (job, outcome) =>
            {
                Write(text, job);
                return search.Further.IsEmpty || outcome.Value is not { } loss ? outcome
                    : outcome with { Metrics = outcome.Metrics.Add("loss", loss).Add("cost", Cost(job)) };
            });

            double Measure(Job job)
            {
                var position = search.Space.PositionOf(job.Point);
                // The optimum of a square lies in its corner, where clipped steps meet; elsewhere a fifth of the trials fails.
                return position.Length == 2 ? position[0] + position[1] + 1.0 / job.ToEpochs
                    : position[0] > 0.8 ? double.NaN : position.Sum(u => (u - 0.3) * (u - 0.3)) + 1.0 / job.ToEpochs;
            }

            double Cost(Job job) => search.Space.PositionOf(job.Point).Sum(u => (u - 0.7) * (u - 0.7));
        }

        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..16];
    }

    private static void Write(StringBuilder text, Job job)
    {
        var origin = job.Origin;
        text.Append(CultureInfo.InvariantCulture, $"{job.Number} {job.Trial} {job.FromEpochs} {job.ToEpochs} {job.Seed}");
        foreach (var (name, value) in job.Point)
            text.Append(CultureInfo.InvariantCulture, $" {name}={(value.IsNumber ? Show([value.Number]) : value)}");
        text.Append(CultureInfo.InvariantCulture,
            $"; {origin.Kind} {string.Join(' ', origin.Around)} {origin.Width:R} {origin.Zoom:R} {origin.Change} ")
            .Append(CultureInfo.InvariantCulture,
                $"{string.Join(' ', origin.Evidence)} {origin.Rung} {Show(origin.Low)} {Show(origin.High)} ")
            .Append(CultureInfo.InvariantCulture, $"{origin.LogExpectedImprovement:R} {origin.Note}\n");
    }

    private static string Show(IEnumerable<double> numbers) =>
        string.Join(' ', numbers.Select(number => number.ToString("R", CultureInfo.InvariantCulture)));
}
