namespace HyperSearch.Training.Numerics;

/// <summary>What becomes of a finished piece of a product; a struct, so that it is inlined into the tile and the product itself never touches memory.</summary>
/// <typeparam name="L">The lane.</typeparam>
internal interface IEpilogue<L>
    where L : struct
{
    /// <summary>Called before the pieces of a strip: the columns from <paramref name="column"/> on, 32 of them or the last 16.</summary>
    void Enter(nint column, int width);

    /// <summary>Called before a tile is computed: time to fetch the memory that its pieces will need.</summary>
    void Expect(nint row, nint column, int rows);

    /// <summary>Takes the sums of one row, from <paramref name="column"/> on, a lane wide.</summary>
    void Take(L sum, nint row, nint column);
}
