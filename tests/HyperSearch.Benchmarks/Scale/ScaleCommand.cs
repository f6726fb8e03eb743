using System.Globalization;
using HyperSearch.Samplers;

namespace HyperSearch.Benchmarks.Scale;

/// <summary>Measures what a campaign of many trials costs: <c>scale random [TRIALS] [FOLDER]</c> runs one; <c>beside</c> runs one alone and one beside four readers; <c>store</c> measures the store alone; <c>top</c>, <c>read</c>, <c>index</c> and <c>query</c> what a folder then answers.</summary>
internal static class ScaleCommand
{
    /// <summary>Runs the command.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(string[] arguments)
    {
        var trials = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 100_000;
        var folder = arguments.Length > 2 ? arguments[2] : Path.Combine(Path.GetTempPath(), $"hypersearch-scale-{Path.GetRandomFileName()}");
        switch (arguments)
        {
            case ["store", ..]:
                StoreScale.Write(folder, trials);
                return 0;
            case ["random", ..]:
                CampaignScale.RunAsync(folder, new RandomSampler(), trials).GetAwaiter().GetResult();
                return 0;
            case ["coarse_to_fine", ..]:
                CampaignScale.RunAsync(folder, new CoarseToFineSampler(), trials).GetAwaiter().GetResult();
                return 0;
            case ["beside", ..]:
                Company.RunAsync(folder, trials).GetAwaiter().GetResult();
                return 0;
            case ["follow", _, _]:
                Company.Follow(folder);
                return 0;
            case ["top", _, _]:
                StoreScale.Top(folder);
                return 0;
            case ["read", _, _]:
                StoreScale.Read(folder);
                return 0;
            case ["index", _, _]:
                StoreScale.Index(folder);
                return 0;
            case ["query", _, _]:
                StoreScale.Query(folder);
                return 0;
            default:
                Console.Error.WriteLine("usage: scale random|coarse_to_fine|beside|store|top|read|index|query [TRIALS] [FOLDER]");
                return 2;
        }
    }
}
