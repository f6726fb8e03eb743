using System.Globalization;

namespace HyperSearch.Benchmarks.Scale;

/// <summary>Measures what a campaign of many trials costs: <c>scale random [TRIALS] [FOLDER] [WORKERS]</c> runs one,
/// by two workers or as many as are asked for; <c>beside busy</c> measures four
/// readers beside one that keeps both cores busy, <c>beside waiting</c> beside one that does not; <c>store</c> measures the store alone;
/// <c>top</c>, <c>read</c>, <c>index</c> and <c>query</c> what a folder then answers.</summary>
internal static class ScaleCommand
{
    /// <summary>Runs the command.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(string[] arguments)
    {
        var trials = arguments.Length > 1 && int.TryParse(arguments[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : 100_000;
        var folder = arguments.Length > 2 && arguments[0] != "beside"
            ? arguments[2]
            : Path.Combine(Path.GetTempPath(), $"hypersearch-scale-{Path.GetRandomFileName()}");
        var workers = arguments.Length > 3 ? int.Parse(arguments[3], CultureInfo.InvariantCulture) : 2;
        switch (arguments)
        {
            case ["store", ..]:
                StoreScale.Write(folder, trials);
                return 0;
            case ["random" or "coarse_to_fine", ..]:
                CampaignScale.RunAsync(folder, arguments[0], trials, workers).GetAwaiter().GetResult();
                return 0;
            case ["beside", ..]:
                new Company().RunAsync(folder, busy: !arguments.Contains("waiting")).GetAwaiter().GetResult();
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
                Console.Error.WriteLine("usage: scale random|coarse_to_fine|store|top|read|index|query [TRIALS] [FOLDER] [WORKERS], " +
                    "or scale beside busy|waiting");
                return 2;
        }
    }
}
