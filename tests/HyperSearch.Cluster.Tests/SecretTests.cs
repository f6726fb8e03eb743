using HyperSearch.Cluster.Security;

namespace HyperSearch.Cluster.Tests;

public sealed class SecretTests
{
    private const string Known = "hs1_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

    [Fact]
    public void Parse_ReadsBackWhatRevealWrites()
    {
        var secret = ClusterSecret.New();
        Assert.Equal(47, secret.Reveal().Length);
        Assert.Equal(secret.Reveal(), ClusterSecret.Parse($" {secret.Reveal()}\n").Reveal());
        Assert.NotEqual(secret.Reveal(), ClusterSecret.New().Reveal());
    }

    [Theory]
    [InlineData("")]
    [InlineData("hunter2")]
    [InlineData("hs1_")]
    [InlineData("hs2_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8")]
    [InlineData("hs1_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg")]
    [InlineData("hs1_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gIQ")]
    [InlineData("hs1_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh+")]
    [InlineData("hs1_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX GBkaGxwdHh8!")]
    public void Parse_RefusesEverythingElseWithoutRepeatingIt(string text)
    {
        var refusal = Assert.Throws<ClusterException>(() => ClusterSecret.Parse(text));
        Assert.Contains("hs1_ and 43 letters", refusal.Message, StringComparison.Ordinal);
        Assert.True(text.Length < 5 || !refusal.ToString().Contains(text, StringComparison.Ordinal));
    }

    [Fact]
    public void Secret_ShowsItselfOnlyWhenRevealed()
    {
        var secret = ClusterSecret.Parse(Known);
        Assert.Equal("a cluster secret", $"{secret}");
        Assert.Equal(Known, secret.Reveal());
    }

    /// <summary>
    /// The keys may never change, or a worker of one version would not know a host of the next: computed apart, in Python.
    /// </summary>
    [Theory]
    [InlineData("host", "bba88ebea8f496b7eefa198952116084911c90918611a934786670e7e7175abf")]
    [InlineData("worker", "1f0dc26343c83a158f8091b3dee6bcf33df72969c7c20cb3c26c8f9f3a17894e")]
    public void KeyOf_IsTheKeyThatTheStandardsGive(string end, string expected)
    {
        using var key = ClusterSecret.Parse(Known).KeyOf(end);
        Assert.Equal(expected, Convert.ToHexStringLower(key.ExportParameters(includePrivateParameters: true).D!));
    }

    [Fact]
    public void FromFileOrEnvironment_PrefersTheFileAndNamesWhatIsWrong()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, Known + "\n");
            var other = ClusterSecret.New().Reveal();
            Assert.Equal(Known, ClusterSecret.FromFileOrEnvironment(file, _ => other)?.Reveal());
            Assert.Equal(other, ClusterSecret.FromFileOrEnvironment(null, name => name == "HYPERSEARCH_SECRET" ? other : null)?.Reveal());
            Assert.Null(ClusterSecret.FromFileOrEnvironment(null, _ => null));
            File.WriteAllText(file, Known[..40]);
            var refusal = Assert.Throws<ClusterException>(() => ClusterSecret.FromFileOrEnvironment(file, _ => other));
            Assert.Contains(file, refusal.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(Known[..40], refusal.ToString(), StringComparison.Ordinal);
            refusal = Assert.Throws<ClusterException>(() => ClusterSecret.FromFileOrEnvironment(null, _ => "x"));
            Assert.Contains("HYPERSEARCH_SECRET", refusal.Message, StringComparison.Ordinal);
            Assert.Throws<ClusterException>(() => ClusterSecret.FromFileOrEnvironment(file + ".gone", _ => null));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("127.0.0.1:7766", true)]
    [InlineData("127.8.9.10:7766", true)]
    [InlineData("localhost:7766", true)]
    [InlineData("LOCALHOST:7766", true)]
    [InlineData("[::1]:7766", true)]
    [InlineData("[::ffff:127.0.0.1]:7766", true)]
    [InlineData("0.0.0.0:7766", false)]
    [InlineData("[::]:7766", false)]
    [InlineData("10.0.0.7:7766", false)]
    [InlineData("gpu-host:7766", false)]
    [InlineData("localhost.example.org:7766", false)]
    [InlineData("127.0.0.1.example.org:7766", false)]
    public void WithoutASecret_OnlyLoopbackIsAllowed(string text, bool isLoopback)
    {
        var address = HostAddress.Parse(text);
        Assert.Equal(text, address.ToString());
        Assert.Equal(isLoopback, SecretLaw.RefusalToListen(address, hasSecret: false) is null);
        Assert.Equal(isLoopback, SecretLaw.RefusalToConnect(address, hasSecret: false) is null);
        Assert.Null(SecretLaw.RefusalToListen(address, hasSecret: true));
        Assert.Null(SecretLaw.RefusalToConnect(address, hasSecret: true));
    }

    [Fact]
    public void Refusals_SayWhatToDo()
    {
        Assert.Equal(
            "0.0.0.0:7766 can be reached from other machines, so the campaign needs a secret there: "
                + "set HYPERSEARCH_SECRET, or listen on 127.0.0.1:7766.",
            SecretLaw.RefusalToListen(new HostAddress("0.0.0.0", 7766), hasSecret: false));
        Assert.Equal(
            "gpu-host:7766 is another machine, so the worker needs the campaign's secret: set HYPERSEARCH_SECRET to what it printed.",
            SecretLaw.RefusalToConnect(new HostAddress("gpu-host", 7766), hasSecret: false));
    }

    [Theory]
    [InlineData("")]
    [InlineData("7766")]
    [InlineData(":7766")]
    [InlineData("host:")]
    [InlineData("host:0")]
    [InlineData("host:65536")]
    [InlineData("host:-1")]
    [InlineData("host: 7")]
    [InlineData("::1:7766")]
    [InlineData("[host]:7766")]
    [InlineData("[::1]")]
    [InlineData("http://host:7766")]
    [InlineData("a b:7766")]
    public void HostAddress_RefusesWhatIsNoAddress(string text) => Assert.Contains(
        "is not HOST:PORT", Assert.Throws<ClusterException>(() => HostAddress.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void ToListen_RefusesAName() => Assert.Contains(
        "not on a name",
        Assert.Throws<ClusterException>(() => HostAddress.Parse("gpu-host:7766").ToListen()).Message,
        StringComparison.Ordinal);
}
