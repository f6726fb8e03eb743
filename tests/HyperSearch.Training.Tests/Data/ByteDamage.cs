using HyperSearch.Numerics;

namespace HyperSearch.Training.Tests.Data;

/// <summary>What disks, networks and editors do to a file.</summary>
internal static class ByteDamage
{
    /// <summary>The bytes with one to three kinds of damage.</summary>
    public static byte[] To(byte[] bytes, RandomStream random)
    {
        var damaged = bytes.ToList();
        for (var kinds = 1 + random.NextInt(random.Happens(0.2) ? 3 : 1); kinds > 0; kinds--)
            Damage(damaged, random);
        return [.. damaged];
    }

    private static void Damage(List<byte> bytes, RandomStream random)
    {
        if (bytes.Count == 0)
            return;
        var at = random.NextInt(bytes.Count);
        var length = Math.Min(1 + random.NextInt(random.Happens(0.5) ? 4 : 400), bytes.Count - at);
        switch (random.NextInt(10))
        {
            case 0 or 1:
                bytes[at] ^= (byte)(1 << random.NextInt(8));
                break;
            case 2 or 3:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 4:
                bytes.RemoveRange(at, length);
                break;
            case 5:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 6:
                for (var i = at; i < at + length; i++)
                    bytes[i] = 0;
                break;
            case 7:
                bytes.InsertRange(at, Enumerable.Range(0, length).Select(_ => (byte)random.NextInt(256)).ToList());
                break;
            case 8:
                bytes.AddRange(bytes.GetRange(at, length));
                break;
            default:
                var random256 = Enumerable.Range(0, random.NextInt(3000)).Select(_ => (byte)random.NextInt(256)).ToList();
                bytes.Clear();
                bytes.AddRange(random.Happens(0.3) ? [] : random256);
                break;
        }
    }
}
