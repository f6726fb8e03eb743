using System.Globalization;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Journals;
using HyperSearch.Hosting.Searches;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using HyperSearch.Spaces;

namespace HyperSearch.Benchmarks.Scale;

/// <summary>A campaign of trivial trials that the real command can read.</summary>
/// <param name="Folder">Its folder.</param>
/// <param name="Search">Its definition; the command that it names is never run, because the benchmark has its own objective.</param>
internal sealed record ScaleCampaign(CampaignFolder Folder, Search Search)
{
    /// <summary>Makes a campaign with seven parameters.</summary>
    public static ScaleCampaign Create(string path, string sampler, int trials, int slots = 16)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $$"""
            name: scale
            objective: {command: ["true"]}
            minimize: loss
            space: { {{string.Join(", ", "abcdefg".Select(name => $"{name}: {{uniform: [0, 1]}}"))}} }
            method: {sampler: {{sampler}}, trials: {{trials}}, slots: {{slots}}}
            """);
        return Create(path, text, SearchFile.Parse(text, "scale.yaml", "/") with { Name = sampler });
    }

    /// <summary>Makes a campaign of any search.</summary>
    public static ScaleCampaign Create(string path, string text, Search search) =>
        new(Campaign.Create(new CampaignFolder(path), text, new CampaignCreated(TimeProvider.System.GetUtcNow(), "/", "/", 1, null)).Folder,
            search);

    /// <summary>The sum of squared distances to 0.3.</summary>
    public static double Loss(Point point) => point.Values.Sum(value => Math.Pow(value.Number - 0.3, 2));
}
