using System.Text.Json;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using HyperSearch.Training;

namespace HyperSearch.Hosting.Campaigns;

/// <summary>Examines the checkpoints and the winner's model that the built-in trainer left in a campaign's folder.</summary>
internal static class CheckpointCheckup
{
    private const string TrainsAgain = "without it the next resume trains the winner again, with the same result";

    /// <summary>Each file that is missing or damaged, with the consequence.</summary>
    /// <param name="folder">The campaign.</param>
    /// <param name="verdict">The last verdict on its winner; <c>null</c> before there is one.</param>
    public static IEnumerable<(string Path, string Why)> Faults(CampaignFolder folder, Verdict? verdict)
    {
        if (Directory.Exists(folder.CheckpointsPath) && !CampaignFolder.IsLink(folder.CheckpointsPath))
        {
            foreach (var path in Directory.EnumerateDirectories(folder.CheckpointsPath).Order(StringComparer.Ordinal))
            {
                if (Fault(path) is { } fault)
                    yield return (path,
                        $"not a whole checkpoint ({fault}); without it the trial's epochs are trained again, with the same result");
            }
        }

        if (!File.Exists(folder.ModelPath))
            yield break;
        if (WinnerModel.DamageOf(folder) is { } damage)
            yield return (folder.ModelPath, $"not a whole model ({damage}); {TrainsAgain}");
        else if (WinnerModel.IsAnother(folder, verdict))
            yield return (folder.ModelPath, $"another model than the one that was judged as the winner's; {TrainsAgain}");
    }

    private static string? Fault(string checkpoint)
    {
        var (trainer, measurements) =
            (Path.Combine(checkpoint, CampaignFolder.TrainerFile), Path.Combine(checkpoint, CampaignFolder.MeasurementsFile));
        if (!File.Exists(measurements))
            return $"{CampaignFolder.MeasurementsFile} is missing";
        try
        {
            SealedJson.Read(measurements);
            return File.Exists(trainer) ? Trainer.FaultOf(trainer) : $"{CampaignFolder.TrainerFile} is missing";
        }
        catch (JsonException)
        {
            return $"the checksum of {CampaignFolder.MeasurementsFile} does not match";
        }
    }
}
