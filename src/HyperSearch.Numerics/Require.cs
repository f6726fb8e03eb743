using System.Numerics;

namespace HyperSearch.Numerics;

/// <summary>Checks of options; their names are the search file's.</summary>
internal static class Require
{
    public static T AtLeast<T>(T value, T least, string name)
        where T : INumber<T> =>
        value >= least
            ? value
            : throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"{name} is at least {least}."));

    public static T AtMost<T>(T value, T most, string name)
        where T : INumber<T> =>
        value <= most
            ? value
            : throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"{name} is at most {most}."));

    public static double Share(double value, string name) =>
        value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} is a share, from 0 to 1.");

    public static double Above(double value, double bound, string name) =>
        value > bound && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(
                name, value, FormattableString.Invariant($"{name} is greater than {bound}, and finite."));
}
