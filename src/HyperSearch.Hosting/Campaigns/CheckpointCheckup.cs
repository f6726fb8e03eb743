using System.Text.Json;
using HyperSearch.Hosting.Stores;
using HyperSearch.Training;
using HyperSearch.Training.Data;
using HyperSearch.Training.Models;

namespace HyperSearch.Hosting.Campaigns;

/// <summary>Examines the checkpoints and the winner's model that the built-in trainer left in a campaign's folder.</summary>
internal static class CheckpointCheckup
{
    /// <summary>Each file that is missing or damaged, with the consequence.</summary>
    public static IEnumerable<(string Path, string Why)> Faults(CampaignFolder folder)
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

        if (File.Exists(folder.ModelPath) && ModelFault(folder.ModelPath) is { } damage)
            yield return (folder.ModelPath,
                $"not a whole model ({damage}); without it the next resume trains the winner again, with the same result");
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

    private static string? ModelFault(string path)
    {
        try
        {
            Model.Load(path);
            return null;
        }
        catch (DataException fault)
        {
            return fault.Message;
        }
    }
}
