namespace HyperSearch.Training.Numerics;

/// <summary>What becomes of a finished piece of a product; a struct, so that it is inlined into the tile and the product itself never touches memory.</summary>
/// <typeparam name="L">The lane.</typeparam>
internal interface IEpilogue<L>
    where L : struct
{
    /// <summary>Whether <see cref="Take"/> is a few instructions, so that sixteen copies of it fit into a tile. The inliner gives up on more; those that are heavy run in a loop of their own.</summary>
    static abstract bool IsLight { get; }

    /// <summary>Called before the pieces of a strip: the columns from <paramref name="column"/> on, 32 of them or the last 16.</summary>
    void Enter(nint column, int width);

    /// <summary>Takes the sums of one row, from <paramref name="column"/> on, a lane wide.</summary>
    void Take(L sum, nint row, nint column);
}
