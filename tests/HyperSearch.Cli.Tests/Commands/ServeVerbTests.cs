using System.Globalization;
using System.Net;
using System.Net.Sockets;
using HyperSearch.Cli.Tests.EndToEnd;

namespace HyperSearch.Cli.Tests.Commands;

public sealed class ServeVerbTests
{
    [Theory]
    [InlineData("--token-file", "--host", "0.0.0.0")]
    [InlineData("such as 127.0.0.1", "--host", "everywhere")]
    [InlineData("exclude each other", "--no-token", "--token-file", "x")]
    [InlineData("There is no file", "--token-file", "nowhere")]
    [InlineData("0 to 65535", "--port", "70000")]
    public void Serve_RefusesWhatWouldBeUnsafeOrMakesNoSense(string sentence, params string[] options)
    {
        using var work = new Workplace();
        var ended = work.Run(["serve", .. options]);
        Assert.Equal(2, ended.Code);
        Assert.Contains(sentence, ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Serve_TakesAFolderAndNoFile()
    {
        using var work = new Workplace();
        work.Write("mine.yaml", "name: mine\n");
        var ended = work.Run("serve", "--results", "mine.yaml");
        Assert.Equal(2, ended.Code);
        Assert.Contains("mine.yaml\" is a file; --results takes the folder of campaigns.", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_ShowsThePageUntilItIsToldToStop()
    {
        using var work = new Workplace();
        var port = FreePort();
        using var serving = work.Start("serve", "--port", port, "--no-token");
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        Assert.Contains("Campaigns", await FirstAnswerAsync(client, serving), StringComparison.Ordinal);
        serving.Signal("TERM");
        var ended = serving.Finish();
        Assert.Equal(0, ended.Code);
        Assert.Equal($"http://127.0.0.1:{port}/", ended.Output.Trim());
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync("/", Stop));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static async Task<string> FirstAnswerAsync(HttpClient client, Running serving)
    {
        while (true)
        {
            try
            {
                return await client.GetStringAsync("/", Stop);
            }
            catch (HttpRequestException) when (!serving.HasExited)
            {
                await Task.Delay(50, Stop); // it does not listen yet
            }
        }
    }

    private static string FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }
}
