using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace HyperSearch.Cluster.Security;

/// <summary>
/// The 32 bytes that a campaign and its workers share. Both ends make their keys from it, so no certificate has to be handed around.
/// </summary>
/// <remarks>
/// A secret comes from the environment or from a file, never from an argument, because every user of a machine sees the arguments of all
/// processes. No exception, log or <see cref="ToString"/> shows it; only <see cref="Reveal"/> does.
/// </remarks>
[DebuggerDisplay("a cluster secret")]
public sealed class ClusterSecret
{
    /// <summary>The environment variable that a secret is read from.</summary>
    public const string Variable = "HYPERSEARCH_SECRET";

    private const string Prefix = "hs1_";
    private const int Length = 32;

    /// <summary>The order of the group P-256: FIPS 186-5 and SEC 2, section 2.4.2.</summary>
    private static readonly BigInteger Order = BigInteger.Parse(
        "0FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private readonly byte[] _secret;

    private ClusterSecret(byte[] secret) => _secret = secret;

    /// <summary>Draws a new secret from the system's source of randomness.</summary>
    public static ClusterSecret New() => new(RandomNumberGenerator.GetBytes(Length));

    /// <summary>Reads the text form: <c>hs1_</c> and 43 characters of base64url.</summary>
    /// <exception cref="ClusterException"><paramref name="text"/> is no secret. The message does not repeat it.</exception>
    public static ClusterSecret Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Read(text, "The secret");
    }

    /// <summary>Reads the secret from a file, or else from the environment.</summary>
    /// <param name="file">A file that holds the text form and nothing else but white space; <c>null</c> for the environment.</param>
    /// <param name="variable">The value of an environment variable, <c>null</c> when it is not set.</param>
    /// <returns>The secret; <c>null</c> when there is neither.</returns>
    /// <exception cref="ClusterException">The file cannot be read, or it or the variable holds no secret.</exception>
    public static ClusterSecret? FromFileOrEnvironment(string? file, Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        if (file is null)
            return variable(Variable) is { Length: > 0 } value ? Read(value, $"The environment variable {Variable}") : null;
        try
        {
            return Read(File.ReadAllText(file), $"The file \"{file}\"");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ClusterException(
                $"The file of the secret cannot be read: {failure.Message} \"hypersearch cluster secret --out FILE\" makes one.", failure);
        }
    }

    /// <summary>The text form, for the one place where a person is told it.</summary>
    public string Reveal() => Prefix + Base64Url.EncodeToString(_secret);

    /// <summary>Says that this is a secret, and not which.</summary>
    public override string ToString() => "a cluster secret";

    /// <summary>The key of one end.</summary>
    /// <param name="end">The end's name; each has a key of its own, so that no worker can pass for the host.</param>
    /// <remarks>
    /// HKDF-SHA256 (RFC 5869) gives 48 bytes c; the private key is (c mod (n − 1)) + 1, as FIPS 186-5, section A.2.1, makes keys from extra
    /// bits. The public half is computed by the platform, which Linux and Windows do and macOS does not.
    /// </remarks>
    internal ECDsa KeyOf(string end)
    {
        var drawn = HKDF.DeriveKey(HashAlgorithmName.SHA256, _secret, 48, info: Encoding.ASCII.GetBytes($"hypersearch cluster {end}"));
        var scalar = (new BigInteger(drawn, isUnsigned: true, isBigEndian: true) % (Order - 1)) + 1;
        var key = new byte[32];
        var written = scalar.ToByteArray(isUnsigned: true, isBigEndian: true);
        written.CopyTo(key, key.Length - written.Length);
        return ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = key });
    }

    private static ClusterSecret Read(string text, string where)
    {
        var trimmed = text.Trim();
        var secret = new byte[Length];
        return trimmed.StartsWith(Prefix, StringComparison.Ordinal) && Base64Url.IsValid(trimmed.AsSpan(Prefix.Length), out var length)
            && length == Length && Base64Url.TryDecodeFromChars(trimmed.AsSpan(Prefix.Length), secret, out _)
            ? new ClusterSecret(secret)
            : throw new ClusterException(
                $"{where} holds no cluster secret: one is {Prefix} and 43 letters, digits, - or _, and \"hypersearch cluster secret\" "
                + "makes one.");
    }
}
