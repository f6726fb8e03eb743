using System.Globalization;
using HyperSearch.Samplers;
using HyperSearch.Spaces;

namespace HyperSearch.Cli;

/// <summary>Says in words how a trial was proposed.</summary>
internal static class OriginText
{
    /// <summary>One sentence.</summary>
    public static string Sentence(Origin origin)
    {
        var width = origin.Width is { } known ? Numbers.Short(known, 2) : null;
        var zoom = origin.Zoom is { } level ? $" (zoom {Numbers.Short(level, 2)})" : "";
        var around = Trials(origin);
        return origin.Kind switch
        {
            OriginKind.Hop => $"hop: a step of {width ?? "some"} of each range from {around}{zoom}",
            OriginKind.Box => $"box: anywhere between {around}, on average {width ?? "some"} of each range wide{zoom}",
            OriginKind.Model when origin.LogExpectedImprovement is { } gain =>
                $"model: where the model of the outcomes expected the most (improvement e^{Numbers.Short(gain, 2)}{(around.Length > 0 ? ", near " + around : "")})",
            OriginKind.Model => $"model: where the model of the outcomes expected the most{(around.Length > 0 ? ", near " + around : "")}",
            OriginKind.Enqueued => "enqueued: given by the user",
            _ => "global: spread over the whole space",
        };
    }

    /// <summary>For a box: its bounds for each parameter, on that parameter's own scale.</summary>
    public static IEnumerable<(string Parameter, string Low, string High)> Bounds(Origin origin, Space space)
    {
        if (origin.Low.Length != space.Dimensions || origin.High.Length != space.Dimensions)
            yield break;
        for (var d = 0; d < space.Dimensions; d++)
        {
            var scale = space.Searched[d].Scale;
            if (!scale.IsCategorical)
                yield return (space.Searched[d].Name, At(scale, origin.Low[d]), At(scale, origin.High[d]));
        }
    }

    private static string At(Scale scale, double position) => Numbers.Short(scale.At(Math.Clamp(position, 0, 1)));

    private static string Trials(Origin origin) => origin.Around switch
    {
        [] => "",
        [var one] => string.Create(CultureInfo.InvariantCulture, $"trial {one}"),
        var many => "trials " + string.Join(", ", many.Select(trial => trial.ToString(CultureInfo.InvariantCulture))),
    };
}
