namespace HyperSearch.Training.Numerics;

/// <summary>What becomes of a finished piece of a product; a struct, so that it is inlined into the tile and the product itself never touches memory.</summary>
/// <typeparam name="L">The lane.</typeparam>
internal interface IEpilogue<L>
    where L : struct
{
    /// <summary>Takes the sums of one row, from <paramref name="column"/> on, a lane wide.</summary>
    void Take(L sum, nint row, nint column);
}
