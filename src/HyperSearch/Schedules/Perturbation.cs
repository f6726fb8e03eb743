using System.Collections.Immutable;
using HyperSearch.Numerics;
using HyperSearch.Spaces;

namespace HyperSearch.Schedules;

/// <summary>How the configuration of a copy is changed: each parameter a step on its own scale, up or down, or drawn anew.</summary>
/// <param name="Factor">What a value on a log scale is multiplied or divided by (its distance to 1 where that is on a log scale); any other
/// value moves by (factor − 1)/2 of its range, a discrete one to a neighbour at least.</param>
/// <param name="Resample">The probability with which a value is drawn anew instead; a category changes in no other way.</param>
public sealed record Perturbation(double Factor, double Resample)
{
    private const int Tries = 32;

    /// <summary>The parameters that stay as they are. Default: none.</summary>
    public ImmutableArray<string> Keep { get; init; } = [];

    /// <summary>The position that a copy begins with: another one than the original's, which satisfies the constraints, where there is
    /// one.</summary>
    /// <param name="space">The space to search.</param>
    /// <param name="position">The original's.</param>
    /// <param name="random">The copy's own stream.</param>
    /// <returns>The position, and the parameters that were drawn anew.</returns>
    internal (ImmutableArray<double> Position, ImmutableArray<string> Drawn) Of(
        Space space, ImmutableArray<double> position, RandomStream random)
    {
        var original = space.At(position.AsSpan());
        for (var t = 0; t < Tries; t++)
        {
            var drawn = ImmutableArray.CreateBuilder<string>();
            var moved = position.ToArray();
            for (var d = 0; d < moved.Length; d++)
            {
                var (name, scale) = (space.Searched[d].Name, space.Searched[d].Scale);
                if (Keep.Contains(name))
                    continue;
                // One that plays no part is drawn too: it may begin to play one.
                var isAnew = random.Happens(Resample) || !original.ContainsKey(name);
                if (isAnew && original.ContainsKey(name))
                    drawn.Add(name);
                if (isAnew)
                    moved[d] = random.NextDouble();
                else if (!scale.IsCategorical)
                    moved[d] = Stepped(scale, position[d], random.Happens(0.5));
            }

            var settled = space.Snap(moved);
            if (!settled.SequenceEqual(position) && space.Satisfies(settled.AsSpan()))
                return (settled, drawn.ToImmutable());
        }

        return (position, []);
    }

    /// <summary>A step up or down, the other way where that end of the range is reached.</summary>
    private double Stepped(Scale scale, double u, bool up)
    {
        var to = Step(scale, u, up);
        return scale.At(to) == scale.At(u) ? Step(scale, u, !up) : to;
    }

    private double Step(Scale scale, double u, bool up)
    {
        var by = up ? Factor : 1 / Factor;
        var to = scale switch
        {
            LogScale or LogIntScale or PowerOfTwoScale => scale.PlaceOf(scale.At(u).Number * by),
            OneMinusLogScale => scale.PlaceOf(1 - (1 - scale.At(u).Number) / by),
            _ => Math.Clamp(u + (up ? 1 : -1) * (Factor - 1) / 2, 0, 1),
        };
        if (scale.Count is not { } count || scale.At(to) != scale.At(u))
            return to;
        var neighbour = u + (up ? 1.0 : -1.0) / count;
        return neighbour is >= 0 and <= 1 ? neighbour : u;
    }
}
