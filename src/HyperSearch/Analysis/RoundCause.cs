namespace HyperSearch.Analysis;

/// <summary>What began a round.</summary>
public enum RoundCause
{
    /// <summary>The campaign did: the coarse stage.</summary>
    Coarse,

    /// <summary>A trial was the new best, so the search looks further around it.</summary>
    NewBest,

    /// <summary>Hops in a row found nothing better, so the search looks closer.</summary>
    NoProgress,

    /// <summary>Closer would find nothing more, so the search looks far away again.</summary>
    StartOver,

    /// <summary>Enough trials have a result of a greater budget, so the search learns from those.</summary>
    Climb,

    /// <summary>More than one of these at once.</summary>
    Several,

    /// <summary>The trial that carries the reason has not ended yet.</summary>
    Unseen,
}
