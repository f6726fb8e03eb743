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
using HyperSearch.Samplers.MultiFidelity;
using HyperSearch.Samplers.Tpe;
using HyperSearch.Schedules;
using HyperSearch.Spaces;
using HyperSearch.Tests.Planning;

namespace HyperSearch.Tests.Samplers;

/// <summary>Every sampler decides to the bit as it did when the constants were taken: kept campaigns resume by deciding again.</summary>
/// <remarks>
/// A constant never changes: a law that is meant to change gets a new <see cref="LawEdition"/>, and the old edition stays, because
/// campaigns that began with it go on by it.
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
        ["multi_fidelity_gp"] = new MultiFidelityGpSampler { Design = 3, Candidates = 32 },
        ["multi_fidelity_gp, few rows"] = new MultiFidelityGpSampler { Design = 3, Candidates = 16, MostRows = 12 },
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
        ["thawed"] = sampler => PlannerRun.Search(sampler, 40, slots: 4) with
        {
            Space = Sparse,
            Objective = new TestObjective { Epochs = 27 },
            Schedule = new FreezeThawSchedule { Guard = 1 },
            Enqueued = [Sparse.At([0.5, 0.5, 0.5])],
        },
        ["fronts"] = sampler => PlannerRun.Search(sampler, 24, slots: 4) with
        {
            Space = Grounds.Mixed,
            Further = [new Goal("cost")],
        },
        ["traded off"] = sampler => PlannerRun.Search(sampler, 60, slots: 4) with
        {
            Space = Grounds.Mixed,
            Objective = new TestObjective { Epochs = 9 },
            Schedule = new AshaSchedule { Factor = 3 },
            Further = [new Goal("cost")],
        },
    };

    public static TheoryData<string, string, int, string> Decisions => new()
    {
        { "random", "plain", 1, "01EA7563979CAFFD" },
        { "random", "slots", 1, "648686DD2F29434F" },
        { "random", "conditions", 1, "3D700540D0B1D6FF" },
        { "random", "rungs", 1, "A5511081068712D6" },
        { "random", "finite rungs", 1, "2E8AEA7B134ACF0B" },
        { "random", "traded off", 1, "9A2DBAD40BA6CC15" },
        { "grid", "plain", 1, "61BD75F3418DB857" },
        { "grid", "slots", 1, "41CF04003A65319A" },
        { "grid", "conditions", 1, "BFEDAEAE695FDEA8" },
        { "grid", "rungs", 1, "2A470269CBAB69A7" },
        { "grid", "finite rungs", 1, "B921A536729DB82D" },
        { "grid", "traded off", 1, "4B78026CB54795A4" },
        { "sobol", "plain", 1, "D3774D9854D1F6A1" },
        { "sobol", "slots", 1, "2C11ABB4A8955B3F" },
        { "sobol", "conditions", 1, "49F3F8741A8007B5" },
        { "sobol", "rungs", 1, "473FE1BEF8CE34BD" },
        { "sobol", "finite rungs", 1, "E8610437E6E4FCA4" },
        { "sobol", "traded off", 1, "E774803E98A4901E" },
        { "coarse_to_fine", "plain", 1, "DEF413A46579E0ED" },
        { "coarse_to_fine", "slots", 1, "06014BEE0A8A9534" },
        { "coarse_to_fine", "conditions", 1, "7E8587C4791E88CE" },
        { "coarse_to_fine", "rungs", 1, "F46DDAF665F04FB9" },
        { "coarse_to_fine", "finite rungs", 1, "7575A4C33B3D20DF" },
        { "coarse_to_fine", "traded off", 1, "0D843BD3BECFB4AB" },
        { "coarse_to_fine, no model", "plain", 1, "60C498C6AD63FD1D" },
        { "coarse_to_fine, no model", "slots", 1, "2E6D7B1B5AD26BFD" },
        { "coarse_to_fine, no model", "conditions", 1, "55122AA2AE70C5A1" },
        { "coarse_to_fine, no model", "rungs", 1, "CE683CAC25F32CDF" },
        { "coarse_to_fine, no model", "finite rungs", 1, "6543A4C40046A24D" },
        { "coarse_to_fine, no model", "traded off", 1, "3F1593BD309C6F58" },
        { "gp", "plain", 1, "60E5E9645FF953A6" },
        { "gp", "slots", 1, "53878F55E53E5EA9" },
        { "gp", "conditions", 1, "B953951E5F836AB7" },
        { "gp", "rungs", 1, "1AE7ADFE11327FAA" },
        { "gp", "finite rungs", 1, "6888FB7C111DDE8B" },
        { "gp, handing over", "plain", 1, "9B42DA4DE4C8B6D6" },
        { "gp, handing over", "slots", 1, "108CEB9F99E70EEE" },
        { "gp, handing over", "conditions", 1, "FEFA0C875DB6D743" },
        { "gp, handing over", "rungs", 1, "F08F718DC132AC0A" },
        { "gp, handing over", "finite rungs", 1, "166A8B2E7685E6C4" },
        { "multi_fidelity_gp", "plain", 2, "C4866EB04ED5D18A" },
        { "multi_fidelity_gp", "slots", 2, "19A5DF1BFBCA00EA" },
        { "multi_fidelity_gp", "conditions", 2, "94E2FAAB7A406E33" },
        { "multi_fidelity_gp", "rungs", 2, "EE1AE34365EB4F6A" },
        { "multi_fidelity_gp", "finite rungs", 2, "9BB27F023E53A749" },
        { "multi_fidelity_gp", "thawed", 2, "271C24F4C7B0F500" },
        { "multi_fidelity_gp, few rows", "rungs", 2, "2739186BFD400E58" },
        { "multi_fidelity_gp, few rows", "thawed", 2, "750681C270430F32" },
        { "random", "thawed", 2, "D54B3E4B6B00693C" },
        { "tpe", "plain", 1, "596ADAAB058AE0A6" },
        { "tpe", "slots", 1, "7EA1A810551B5FEF" },
        { "tpe", "conditions", 1, "97372F782979DA1E" },
        { "tpe", "rungs", 1, "417781DE2F7EEFB3" },
        { "tpe", "finite rungs", 1, "D8774305C3F804AA" },
        { "cma_es", "plain", 1, "065F0A6FCF12E55F" },
        { "cma_es", "slots", 1, "928C602CE76AEB4E" },
        { "cma_es", "conditions", 1, "915B3049D8816610" },
        { "cma_es", "rungs", 1, "B52B80531E9885EC" },
        { "cma_es", "finite rungs", 1, "C4B01E50900DD6BB" },
        { "auto", "plain", 1, "225BE7B85A6F504C" },
        { "auto", "slots", 1, "CF56D21A8D12F1AC" },
        { "auto", "conditions", 1, "0256318C7809370E" },
        { "auto", "rungs", 1, "926167BDB23C72E6" },
        { "auto", "finite rungs", 1, "7EB9F23FBC7B09BD" },
        { "coarse_to_fine", "plain", 2, "FB56092D9F5CBB33" },
        { "coarse_to_fine", "slots", 2, "885A3DB52E604484" },
        { "coarse_to_fine", "conditions", 2, "30BE43C6EDC3B663" },
        { "coarse_to_fine", "rungs", 2, "E7047443D2700F71" },
        { "coarse_to_fine", "finite rungs", 2, "1F936287EF9A1FA6" },
        { "coarse_to_fine", "traded off", 2, "0D843BD3BECFB4AB" },
        { "coarse_to_fine, no model", "plain", 2, "60C498C6AD63FD1D" },
        { "coarse_to_fine, no model", "slots", 2, "2E6D7B1B5AD26BFD" },
        { "coarse_to_fine, no model", "conditions", 2, "55122AA2AE70C5A1" },
        { "coarse_to_fine, no model", "rungs", 2, "CE683CAC25F32CDF" },
        { "coarse_to_fine, no model", "finite rungs", 2, "6543A4C40046A24D" },
        { "coarse_to_fine, no model", "traded off", 2, "3F1593BD309C6F58" },
        { "gp", "plain", 2, "30C1A1D4346A4B6B" },
        { "gp", "slots", 2, "65A39B25E525D482" },
        { "gp", "conditions", 2, "E1DEE79F7E3B5A0D" },
        { "gp", "rungs", 2, "0B67386A75E9A74D" },
        { "gp", "finite rungs", 2, "33500E612B253012" },
        { "gp, handing over", "plain", 2, "3810CF2BDE2B34FD" },
        { "gp, handing over", "slots", 2, "A35FE4B3792DE256" },
        { "gp, handing over", "conditions", 2, "492AA5565F013C02" },
        { "gp, handing over", "rungs", 2, "2A256502B151B844" },
        { "gp, handing over", "finite rungs", 2, "9CF95E5732A8C40A" },
        { "auto", "plain", 2, "D5E87BB7E1BF5B6E" },
        { "auto", "slots", 2, "54CFE4CAF00C696F" },
        { "auto", "conditions", 2, "988870F400A200C6" },
        { "auto", "rungs", 2, "6D99A5C1297F9F46" },
        { "auto", "finite rungs", 2, "939FEFFEAEE9C3B1" },
        { "coarse_to_fine", "plain", 3, "FB56092D9F5CBB33" },
        { "coarse_to_fine", "slots", 3, "885A3DB52E604484" },
        { "coarse_to_fine", "conditions", 3, "30BE43C6EDC3B663" },
        { "coarse_to_fine", "rungs", 3, "E7047443D2700F71" },
        { "coarse_to_fine", "finite rungs", 3, "1F936287EF9A1FA6" },
        { "coarse_to_fine", "traded off", 3, "0D843BD3BECFB4AB" },
        { "gp", "plain", 3, "30C1A1D4346A4B6B" },
        { "gp", "slots", 3, "65A39B25E525D482" },
        { "gp", "conditions", 3, "E1DEE79F7E3B5A0D" },
        { "gp", "rungs", 3, "F6AC1FD258EBEC85" },
        { "gp", "finite rungs", 3, "33500E612B253012" },
        { "gp, handing over", "plain", 3, "3810CF2BDE2B34FD" },
        { "gp, handing over", "slots", 3, "A35FE4B3792DE256" },
        { "gp, handing over", "conditions", 3, "492AA5565F013C02" },
        { "gp, handing over", "rungs", 3, "5EEE98A421AD5C2B" },
        { "gp, handing over", "finite rungs", 3, "9CF95E5732A8C40A" },
        { "auto", "plain", 3, "D5E87BB7E1BF5B6E" },
        { "auto", "slots", 3, "54CFE4CAF00C696F" },
        { "auto", "conditions", 3, "988870F400A200C6" },
        { "auto", "rungs", 3, "4B49DDDF4593C34B" },
        { "auto", "finite rungs", 3, "BDCA8431C0CEDD12" },
        { "gp", "traded off", 3, "07792FD856FDD6F9" },
        { "tpe", "traded off", 3, "C056C35502AFF1ED" },
        { "auto", "traded off", 2, "EF281E5152B8EEB6" },
        { "auto", "fronts", 3, "0C68AC3DA216B7BC" },
        { "gp", "plain", 4, "6F09462BA0468E6E" },
        { "gp", "slots", 4, "65A39B25E525D482" },
        { "gp", "rungs", 4, "74DC8AFC34CE9C31" },
        { "gp, handing over", "plain", 4, "7229D8079A8680EA" },
        { "gp, handing over", "rungs", 4, "11E9B5A8C3382E60" },
        { "auto", "plain", 4, "32936B65F790B12E" },
        { "auto", "rungs", 4, "98603185AC549876" },
        { "auto", "finite rungs", 4, "BDCA8431C0CEDD12" },
        { "multi_fidelity_gp", "rungs", 4, "2BDF467A9D272A3E" },
        { "multi_fidelity_gp", "thawed", 4, "271C24F4C7B0F500" },
        { "multi_fidelity_gp, few rows", "rungs", 4, "57671E058F1D5763" },
        { "gp", "plain", 5, "1AA569075B63B73D" },
        { "gp", "slots", 5, "179548DD63023565" },
        { "gp", "conditions", 5, "E1DEE79F7E3B5A0D" },
        { "gp", "rungs", 5, "74DC8AFC34CE9C31" },
        { "gp, handing over", "plain", 5, "73AA7F11971CC142" },
        { "auto", "plain", 5, "76D1DE61FE64D77F" },
        { "auto", "conditions", 5, "988870F400A200C6" },
        { "auto", "fronts", 5, "0C68AC3DA216B7BC" },
    };

    [Theory]
    [MemberData(nameof(Decisions))]
    public void Decisions_KeepTheirBits(string sampler, string campaign, int edition, string expected) =>
        Assert.Equal(expected, Hash(sampler, campaign, edition));

    [Fact]
    public void Decisions_AreKnownOfEverySampler() =>
        Assert.Empty(Registered.Of<ISampler>().Keys.Except(Decisions.Select(row => row.Data.Item1)));

    /// <summary>The jobs of three campaigns with all that is recorded of why they were made.</summary>
    private static string Hash(string sampler, string campaign, int edition)
    {
        var text = new StringBuilder();
        for (var seed = 1UL; seed <= 3; seed++)
        {
            var search = Campaigns[campaign](Samplers[sampler]) with { Seed = seed, Edition = edition };
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
