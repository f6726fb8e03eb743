using HyperSearch.Planning;

namespace HyperSearch.Analysis;

/// <summary>A campaign's pace in words.</summary>
internal static class PaceText
{
    /// <summary>The speed: <c>268 trials a minute</c>.</summary>
    public static string Speed(Pace pace) => $"{Figures.Brief(pace.TrialsPerMinute)} trials a minute";

    /// <summary>The time left: <c>about 19 s left</c>; <c>null</c> where every trial has an end.</summary>
    /// <param name="pace">The pace.</param>
    /// <param name="isPaused">Whether the campaign is paused, so that the time begins later.</param>
    public static string? Left(Pace pace, bool isPaused) => pace.Left is { } left
        ? $"about {Figures.Duration(left.TotalSeconds)} left{(isPaused ? " once it goes on" : "")}" : null;
}
