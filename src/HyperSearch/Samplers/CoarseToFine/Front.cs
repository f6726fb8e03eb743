using System.Collections.Immutable;
using HyperSearch.Numerics;

namespace HyperSearch.Samplers.CoarseToFine;

/// <summary>The trials so far that no other beats in everything; of many, those where the front is thin. Immutable.</summary>
internal sealed record Front(ImmutableArray<Front.Member> Members)
{
    /// <summary>More than these are not remembered, so that a decision costs the same however long a search is.</summary>
    private const int Largest = 64;

    /// <summary>The front with one more trial, and whether it belongs there.</summary>
    public (Front Next, bool Entered) With(Member trial)
    {
        if (Members.Any(member => Pareto.Beats(member.Values, trial.Values) || member.Values.SequenceEqual(trial.Values)))
            return (this, false);
        var next = new Front([.. Members.Where(member => !Pareto.Beats(trial.Values, member.Values)), trial]);
        if (next.Members.Length > Largest)
            next = new Front(next.Members.RemoveAt(Array.IndexOf(next.Crowding, next.Crowding.Min())));
        return (next, next.Members.Contains(trial));
    }

    /// <summary>The distance between the neighbours of each member on the front; infinite at its ends.</summary>
    public double[] Crowding => Pareto.Crowding([.. Members.Select(member => member.Values)]);

    /// <summary>A member and those nearest to it on the front, each metric measured by its range there.</summary>
    public ImmutableArray<Member> Around(Member centre, int count)
    {
        var ranges = centre.Values.Select((_, k) => RangeOf(k)).ToArray();
        return [.. Members.OrderBy(Distance).ThenBy(member => member.Trial).Take(count)];

        double RangeOf(int k) => Members.Max(member => member.Values[k]) - Members.Min(member => member.Values[k]);

        double Distance(Member member) =>
            member.Values.Select((value, k) => ranges[k] > 0 ? Math.Abs(value - centre.Values[k]) / ranges[k] : 0).Sum();
    }

    /// <summary>One trial of it.</summary>
    internal sealed record Member(int Trial, ImmutableArray<double> Position, ImmutableArray<double> Values);
}
