using System.Globalization;
using HyperSearch.SampleHost;
// dotnet run --project tests/HyperSearch.SampleHost -- [host|minimize|ask] [FOLDER [MILLISECONDS AN EPOCH]]
// dotnet run --project tests/HyperSearch.SampleHost -- cluster-host FOLDER HOST:PORT | cluster-worker HOST:PORT
var folder = args.Length > 1 ? args[1] : Path.Combine("results", "sample");
switch (args.FirstOrDefault() ?? "host")
{
    case "host":
        var ending = await TuningHost.RunAsync(folder, TuningHost.Print, CancellationToken.None);
        Console.WriteLine($"{ending.Reason}: {ending.Progress.Trials} trials");
        break;
    case "cluster-host":
        var end = await ManyMachines.HostAsync(folder, args[2]);
        Console.WriteLine($"{end.Reason}: {end.Progress.Trials} trials");
        break;
    case "cluster-worker":
        Console.WriteLine(await ManyMachines.WorkAsync(args[1]));
        break;
    case "minimize":
        var result = await DirectCall.RunAsync(folder, CancellationToken.None,
            TimeSpan.FromMilliseconds(args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 0));
        Console.WriteLine($"{result.BestPoint}: {result.BestValue}");
        break;
    default:
        var best = OwnLoop.Run();
        Console.WriteLine($"{best.Point}: {best.Value}");
        break;
}
