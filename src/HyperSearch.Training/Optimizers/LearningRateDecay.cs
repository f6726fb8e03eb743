using HyperSearch.Numerics;

namespace HyperSearch.Training.Optimizers;

/// <summary>The learning rate of each epoch: warm-up, then decay.</summary>
/// <remarks>
/// During the first warmup_epochs w, epoch e (from 0) uses α₀·(e + 1)/(w + 1); decay counts from the end of warm-up (so cosine ends at 0 with the last epoch).
/// Decays: course 2, week 2; cosine: Loshchilov and Hutter, <see href="https://arxiv.org/abs/1608.03983">SGDR</see> (2017); warm-up: Goyal et al. (2017).
/// </remarks>
internal static class LearningRateDecay
{
    /// <summary>α of epoch <paramref name="epoch"/>, counted from 0.</summary>
    public static double At(TrainerOptions options, int epoch)
    {
        double start = options.LearningRate, d = options.DecayRate, p = options.DecayEpochs;
        if (epoch < options.WarmupEpochs)
            return start * (epoch + 1) / (options.WarmupEpochs + 1);
        double e = epoch - options.WarmupEpochs, left = Math.Max(1, options.Epochs - options.WarmupEpochs);
        return options.Decay switch
        {
            DecayKind.InverseTime => start / (1 + d * e),
            DecayKind.Exponential => start * PortableMath.Pow(d, e / p),
            DecayKind.InverseSqrt => start / Math.Sqrt(1 + d * e),
            DecayKind.Staircase => start * PortableMath.Pow(d, Math.Floor(e / p)),
            DecayKind.Table => FromTable(options, epoch),
            DecayKind.Cosine => start * 0.5 * (1 + PortableMath.Cos(Math.PI * Math.Min(1, e / left))),
            _ => start,
        };
    }

    private static double FromTable(TrainerOptions options, int epoch)
    {
        var rate = options.LearningRate;
        foreach (var (from, value) in options.DecayTable)
        {
            if (from <= epoch)
                rate = value;
        }
        return rate;
    }
}
