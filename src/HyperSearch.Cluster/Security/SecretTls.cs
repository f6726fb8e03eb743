using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Orleans.Connections.Security;

namespace HyperSearch.Cluster.Security;

/// <summary>TLS 1.3 in which each end shows the certificate that the secret gives it, and accepts no key but the other end's.</summary>
internal static class SecretTls
{
    public const string Host = "host";
    public const string Worker = "worker";

    /// <summary>What TLS needs at one end.</summary>
    /// <param name="secret">What both ends know.</param>
    /// <param name="own">This end, <see cref="Host"/> or <see cref="Worker"/>.</param>
    /// <param name="other">The end to which it speaks.</param>
    /// <param name="refused">Is called when the other end showed another key.</param>
    public static TlsOptions Between(ClusterSecret secret, string own, string other, Action? refused = null)
    {
        using var theirs = secret.KeyOf(other);
        var expected = theirs.ExportSubjectPublicKeyInfo();
        return new TlsOptions
        {
            LocalCertificate = CertificateOf(secret, own),
            RemoteCertificateMode = RemoteCertificateMode.RequireCertificate,
            ClientCertificateMode = RemoteCertificateMode.RequireCertificate,
            SslProtocols = SslProtocols.Tls13,
            RemoteCertificateValidation = (certificate, _, _) =>
            {
                var isTheirs = CryptographicOperations.FixedTimeEquals(certificate.PublicKey.ExportSubjectPublicKeyInfo(), expected);
                if (!isTheirs)
                    refused?.Invoke();
                return isTheirs;
            },
            OnAuthenticateAsClient = (_, options) => options.TargetHost = "hypersearch",
        };
    }

    /// <summary>A certificate that lasts as long as the secret does: what counts is its key, not its dates.</summary>
    private static X509Certificate2 CertificateOf(ClusterSecret secret, string end)
    {
        using var key = secret.KeyOf(end);
        var request = new CertificateRequest($"CN=hypersearch {end}", key, HashAlgorithmName.SHA256);
        using var made = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
        // The TLS of Windows takes no key that was never in a store.
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
