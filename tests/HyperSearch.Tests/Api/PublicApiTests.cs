using System.Reflection;
using HyperSearch.Cluster;
using HyperSearch.Hosting;
using HyperSearch.Numerics;
using HyperSearch.Planning;
using HyperSearch.Training.Data;
using PublicApiGenerator;

namespace HyperSearch.Tests.Api;

/// <summary>The libraries' public surface is what was approved: a change of it is seen, and meant.</summary>
public class PublicApiTests
{
    [Fact]
    public void HyperSearch_HasTheApprovedSurface() => Approve(typeof(Search).Assembly);

    [Fact]
    public void Numerics_HasTheApprovedSurface() => Approve(typeof(RandomStream).Assembly);

    [Fact]
    public void Hosting_HasTheApprovedSurface() => Approve(typeof(KeptCampaign).Assembly);

    [Fact]
    public void Training_HasTheApprovedSurface() => Approve(typeof(Dataset).Assembly);

    [Fact]
    public void Cluster_HasTheApprovedSurface() => Approve(typeof(ClusterException).Assembly);

    private static void Approve(Assembly assembly)
    {
        var name = assembly.GetName().Name!;
        var approved = Path.Combine(Repository.Folder("tests"), "HyperSearch.Tests", "Api", $"{name}.txt");
        var surface = assembly.GeneratePublicApi(new ApiGeneratorOptions
        {
            IncludeAssemblyAttributes = false,
            DenyNamespacePrefixes = ["System", "Microsoft", "OrleansCodeGen"], // serializers that Orleans writes
        })
            .ReplaceLineEndings("\n") + "\n";
        if (Environment.GetEnvironmentVariable("HYPERSEARCH_APPROVE_API") == "1")
            File.WriteAllText(approved, surface);
        var kept = File.Exists(approved) ? File.ReadAllText(approved).ReplaceLineEndings("\n") : "";
        var (before, now) = (kept.Split('\n'), surface.Split('\n'));
        Assert.True(
            kept == surface,
            $"The public surface of {name} has changed. If that is meant, run this test with HYPERSEARCH_APPROVE_API=1 and commit " +
            $"tests/HyperSearch.Tests/Api/{name}.txt.\n"
            + string.Join('\n',
                before.Except(now).Select(line => $"- {line.Trim()}")
                    .Concat(now.Except(before).Select(line => $"+ {line.Trim()}")).Take(20)));
    }
}
