using HyperSearch.Cluster.Joining;
using HyperSearch.Hosting.Searches;

namespace HyperSearch.Cluster.Tests.Joining;

/// <summary>What keeps a worker from a campaign, and what it is told.</summary>
public sealed class JoiningTests
{
    [Theory]
    [InlineData("{}", "", true)]
    [InlineData("{gpu: 1}", "gpu=a100", true)]
    [InlineData("{gpu: 1}", "gpu", true)]
    [InlineData("{gpu: 1}", "gpu=1", true)]
    [InlineData("{gpu: 2}", "gpu=4", true)]
    [InlineData("{gpu: 2}", "gpu=2.0", true)]
    [InlineData("{gpu: 0.5}", "gpu=0.5", true)]
    [InlineData("{gpu: a100}", "gpu=a100", true)]
    [InlineData("{cuda: \"12.4\"}", "cuda=12.4", true)]
    [InlineData("{gpu: true}", "gpu=h100", true)]
    [InlineData("{gpu: true}", "gpu=2", true)]
    [InlineData("{gpu: true, os: linux}", "os=linux gpu", true)]
    [InlineData("{gpu: 1}", "", false)]
    [InlineData("{gpu: 1}", "cpu=8", false)]
    [InlineData("{gpu: 1}", "gpu=0", false)]
    [InlineData("{gpu: 1}", "gpu=false", false)]
    [InlineData("{gpu: 2}", "gpu=1", false)]
    [InlineData("{gpu: 2}", "gpu=a100", false)]
    [InlineData("{gpu: 2}", "gpu", false)]
    [InlineData("{gpu: a100}", "gpu=A100", false)]
    [InlineData("{gpu: a100}", "gpu=1", false)]
    [InlineData("{gpu: true}", "gpu=0", false)]
    [InlineData("{gpu: true, os: linux}", "gpu", false)]
    public void Labels_MeetWhatASearchNeeds(string needs, string labels, bool meets)
    {
        var search = SearchFile.Parse(
            $"objective: {{command: [x]}}\nminimize: loss\nspace: {{x: {{uniform: [0, 1]}}}}\nneeds: {needs}", "x.yaml", "/base");
        var refusal = Labels.Refusal(search.Needs, Labels.Parse(labels.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        Assert.True(meets == refusal is null, refusal);
    }

    [Fact]
    public void Labels_RefuseInASentenceThatSaysWhatToDo()
    {
        var search = SearchFile.Parse(
            "objective: {command: [x]}\nminimize: loss\nspace: {x: {uniform: [0, 1]}}\nneeds: {gpu: 2, fast: true, os: linux}",
            "x.yaml",
            "/base");
        Assert.Equal(
            "The campaign needs fast: true and gpu: 2, and this worker has no label fast and gpu=a100. Where the machine has it, start "
                + "the worker with --label fast --label gpu=2.",
            Labels.Refusal(search.Needs, Labels.Parse(["gpu=a100", "os=linux"])));
    }

    [Theory]
    [InlineData("")]
    [InlineData("=2")]
    [InlineData("1=2")]
    [InlineData("gpu=")]
    [InlineData("gpu=a b")]
    [InlineData("g u")]
    public void Labels_RefuseWhatIsNone(string text) =>
        Assert.Contains("is no label", Assert.Throws<ClusterException>(() => Labels.Parse([text])).Message, StringComparison.Ordinal);

    [Fact]
    public void Labels_RefuseOneThatIsGivenTwice() => Assert.Equal(
        "The label gpu is given twice. Keep one of them.",
        Assert.Throws<ClusterException>(() => Labels.Parse(["gpu=1", "gpu=2"])).Message);

    /// <summary>The bits of every processor: with wider vectors switched off they were the same.</summary>
    [Fact]
    public void NumericsHash_IsTheOneOfEveryMachine() =>
        Assert.Equal("12b4070ab38f1cedd7c0eb0a236a2bca", NumericsHash.Compute());
}
