using HyperSearch.Numerics;

namespace HyperSearch.Training.Optimizers;

/// <summary>The learning rate of each epoch: warm-up, then decay.</summary>
/// <remarks>
/// During the first warmup_epochs w, epoch e (from 0) uses α₀·(e + 1)/(w + 1); decay counts from the end of warm-up (so cosine ends at 0
/// with the last epoch).
/// Decays: course 2, week 2; cosine: Loshchilov and Hutter, <see href="https://arxiv.org/abs/1608.03983">SGDR</see> (2017); warm-up: Goyal
/// et al. (2017).
/// </remarks>
internal sealed record LearningRateDecay
{
    public required DecayKind Kind { get; init; }

    /// <summary>α₀.</summary>
    public required double Start { get; init; }

    /// <summary>d.</summary>
    public required double Rate { get; init; }

    /// <summary>p of exponential and staircase decay, in epochs.</summary>
    public required int Period { get; init; }

    /// <summary>Learning rates from given epochs on, in rising order.</summary>
    public required IReadOnlyList<(int Epoch, double LearningRate)> Table { get; init; }

    public required int WarmupEpochs { get; init; }

    /// <summary>The full budget in epochs, which cosine decay ends with.</summary>
    public required int Epochs { get; init; }

    /// <summary>α of epoch <paramref name="epoch"/>, counted from 0.</summary>
    public double At(int epoch)
    {
        double d = Rate, p = Period;
        if (epoch < WarmupEpochs)
            return Start * (epoch + 1) / (WarmupEpochs + 1);
        double e = epoch - WarmupEpochs, left = Math.Max(1, Epochs - WarmupEpochs);
        return Kind switch
        {
            DecayKind.InverseTime => Start / (1 + d * e),
            DecayKind.Exponential => Start * PortableMath.Pow(d, e / p),
            DecayKind.InverseSqrt => Start / Math.Sqrt(1 + d * e),
            DecayKind.Staircase => Start * PortableMath.Pow(d, Math.Floor(e / p)),
            DecayKind.Table => FromTable(epoch),
            DecayKind.Cosine => Start * 0.5 * (1 + PortableMath.Cos(Math.PI * Math.Min(1, e / left))),
            _ => Start,
        };
    }

    private double FromTable(int epoch)
    {
        var rate = Start;
        foreach (var (from, value) in Table)
        {
            if (from <= epoch)
                rate = value;
        }
        return rate;
    }
}
