using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;

namespace HyperSearch.Numerics;

/// <summary>A stream of random numbers derived from (seed, number, purpose); the same on every machine.</summary>
/// <remarks>
/// <para>Generator: xoshiro256** 1.0, period 2²⁵⁶ − 1. Its four words are the first four outputs of SplitMix64 started at
/// key = mix(mix(mix(seed + γ) ⊕ number + γ) ⊕ purpose + γ), where mix is SplitMix64's finalizer and γ = 0x9E3779B97F4A7C15.
/// A purpose given as text stands for the 64-bit FNV-1a hash of its UTF-8 bytes. Streams of neighbouring numbers share no structure.</para>
/// <para>Mutable, small, not thread safe: one owner per stream. <see cref="CopyState"/> and <see cref="FromState"/> save and restore
/// it.</para>
/// <para>Sources: Blackman and Vigna, <see href="https://prng.di.unimi.it/">Scrambled linear pseudorandom number generators</see>, ACM TOMS
/// 47 (2021);
/// Steele, Lea and Flood, Fast splittable pseudorandom number generators, OOPSLA (2014).</para>
/// </remarks>
[SuppressMessage("Naming", "CA1711",
    Justification = "The literature calls it a stream of random numbers; nobody takes it for System.IO.Stream.")]
public sealed class RandomStream
{
    /// <summary>γ: 2⁶⁴ divided by the golden ratio, made odd.</summary>
    internal const ulong Golden = 0x9E3779B97F4A7C15;

    private ulong _a, _b, _c, _d;

    private RandomStream(ulong a, ulong b, ulong c, ulong d) => (_a, _b, _c, _d) = (a, b, c, d);

    /// <summary>The stream of one purpose of one numbered thing, such as ("shuffle" of trial 17).</summary>
    /// <param name="seed">The seed of everything, such as a campaign's.</param>
    /// <param name="number">Which one: a trial, a row, an epoch; 0 when there is only one.</param>
    /// <param name="purpose">The purpose of the numbers. Two purposes give unrelated streams.</param>
    public static RandomStream For(ulong seed, ulong number, string purpose)
    {
        ArgumentNullException.ThrowIfNull(purpose);
        var hash = 0xCBF29CE484222325UL;
        foreach (var octet in Encoding.UTF8.GetBytes(purpose))
            hash = (hash ^ octet) * 0x100000001B3UL;
        return For(seed, number, hash);
    }

    /// <summary>The stream of one purpose, given as a number, of one numbered thing.</summary>
    /// <param name="seed">The seed of everything, such as a campaign's.</param>
    /// <param name="number">Which one: a trial, a row, an epoch; 0 when there is only one.</param>
    /// <param name="purpose">The purpose of the numbers. Two purposes give unrelated streams.</param>
    public static RandomStream For(ulong seed, ulong number, ulong purpose)
    {
        var key = Mix(seed + Golden);
        key = Mix((key ^ number) + Golden);
        key = Mix((key ^ purpose) + Golden);
        return new(SplitMix(ref key), SplitMix(ref key), SplitMix(ref key), SplitMix(ref key));
    }

    /// <summary>Continues a stream from the four words that <see cref="CopyState"/> gave.</summary>
    /// <param name="state">Four words, not all zero.</param>
    /// <exception cref="ArgumentException">There are not four words, or all are zero.</exception>
    public static RandomStream FromState(ReadOnlySpan<ulong> state)
    {
        if (state.Length != 4 || (state[0] | state[1] | state[2] | state[3]) == 0)
            throw new ArgumentException("A stream's state is four words that are not all zero.", nameof(state));
        return new(state[0], state[1], state[2], state[3]);
    }

    /// <summary>Writes the four words of the stream's state.</summary>
    /// <param name="state">At least four words long.</param>
    public void CopyState(Span<ulong> state) => (state[3], state[2], state[1], state[0]) = (_d, _c, _b, _a);

    /// <summary>A number uniform over all 64-bit values.</summary>
    public ulong NextULong()
    {
        var result = ulong.RotateLeft(_b * 5, 7) * 9;
        var t = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= t;
        _d = ulong.RotateLeft(_d, 45);
        return result;
    }

    /// <summary>A number uniform on [0, 1), a multiple of 2⁻⁵³.</summary>
    public double NextDouble() => (NextULong() >> 11) * (1.0 / (1UL << 53));

    /// <summary>An integer uniform on [0, <paramref name="n"/>), without bias.</summary>
    /// <param name="n">How many values there are; positive.</param>
    /// <remarks>Lemire, Fast random integer generation in an interval, ACM TOMACS 29 (2019).</remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="n"/> is not positive.</exception>
    public int NextInt(int n)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(n);
        var high = Math.BigMul(NextULong(), (ulong)n, out var low);
        if (low < (ulong)n)
        {
            var threshold = (0UL - (ulong)n) % (ulong)n;
            while (low < threshold)
                high = Math.BigMul(NextULong(), (ulong)n, out low);
        }
        return (int)high;
    }

    /// <summary>A number from the standard normal distribution: mean 0, variance 1.</summary>
    /// <remarks>
    /// Marsaglia's polar method: x·√(−2·ln s / s), s = x² + y² for a point (x, y) uniform in the unit disc. One of the pair is used, so the
    /// state is four words.
    /// </remarks>
    public double NextNormal()
    {
        while (true)
        {
            double x = 2 * NextDouble() - 1, y = 2 * NextDouble() - 1;
            var s = x * x + y * y;
            if (s is > 0 and < 1)
                return x * Math.Sqrt(-2 * PortableMath.Log(s) / s);
        }
    }

    /// <summary>A number from the standard Cauchy distribution: a step that is mostly short and now and then very long.</summary>
    /// <remarks>y/x for a point (x, y) uniform in the unit disc.</remarks>
    public double NextCauchy()
    {
        while (true)
        {
            double x = 2 * NextDouble() - 1, y = 2 * NextDouble() - 1;
            if (x != 0 && x * x + y * y <= 1)
                return y / x;
        }
    }

    /// <summary>Whether an event happens.</summary>
    /// <param name="probability">How likely it is, from 0 to 1.</param>
    public bool Happens(double probability) => NextDouble() < probability;

    /// <summary>Puts items in a random order, every order equally likely (Fisher–Yates).</summary>
    /// <param name="items">Reordered in place.</param>
    /// <typeparam name="T">Anything.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = NextInt(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary>Fills a buffer with random bytes' worth of 64-bit words.</summary>
    /// <param name="words">Every word is overwritten.</param>
    public void Fill(Span<ulong> words)
    {
        foreach (ref var word in words)
            word = NextULong();
    }

    /// <summary>Fills a position with coordinates uniform on [0, 1).</summary>
    /// <param name="position">Every coordinate is overwritten.</param>
    public void Fill(Span<double> position)
    {
        foreach (ref var u in position)
            u = NextDouble();
    }

    internal void Fill(Span<uint> words)
    {
        foreach (ref var word in words)
            word = (uint)(NextULong() >> 32);
    }

    /// <summary>The next of a sequence of well-mixed words.</summary>
    internal static ulong SplitMix(ref ulong state) => Mix(state += Golden);

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
