using HyperSearch.Numerics;
using HyperSearch.Schedules;

namespace HyperSearch.Planning;

/// <summary>The parts of a search that do not go together with <c>pbt</c>.</summary>
internal static class PbtLaw
{
    /// <summary>Everything that is wrong with a search by <c>pbt</c>, and the way out; nothing for any other search.</summary>
    public static IEnumerable<string> Problems(Search search)
    {
        if (search.Schedule is not PbtSchedule pbt)
            yield break;
        if (search.Objective.Epochs == 1)
        {
            yield return "pbt copies the checkpoints of trials while they train, and this objective has one epoch. "
                + "Say its epochs, or take another schedule.";
        }

        if (search.Confirm is not null)
        {
            yield return "confirm runs a configuration from its first epoch on, and a network of pbt is trained by several in turn. "
                + "Take confirm away.";
        }

        string[] names = [.. search.Space.Parameters.Select(parameter => parameter.Name)];
        foreach (var unknown in pbt.Keep.Except(names))
            yield return $"pbt is to keep \"{unknown}\", which the space does not have.{Nearest.Hint(unknown, names)}";
        var kept = Planner.KeptBy(search, new Perturbation(pbt.Factor, pbt.Resample) { Keep = pbt.Keep });
        if (search.Space.Dimensions > 0 && kept.Length == search.Space.Dimensions)
        {
            yield return $"pbt changes parameters while trials train, and {string.Join(", ", kept)} cannot be changed then. "
                + "Search another one too, such as a learning rate, or take another schedule.";
        }
    }
}
