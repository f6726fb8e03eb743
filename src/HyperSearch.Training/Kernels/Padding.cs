namespace HyperSearch.Training.Kernels;

/// <summary>Sizes rounded so that kernels need no code for edges.</summary>
internal static class Padding
{
    public static int To8(int n) => (n + 7) & ~7;

    public static int To16(int n) => (n + 15) & ~15;

    /// <summary>Elements from one row to the next: a multiple of 16, never of 256 (rows 1 KiB apart would share cache sets).</summary>
    public static int Stride(int columns)
    {
        var padded = To16(columns);
        return padded % 256 == 0 ? padded + 16 : padded;
    }
}
