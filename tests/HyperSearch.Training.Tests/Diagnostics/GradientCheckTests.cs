using HyperSearch.Training.Diagnostics;

namespace HyperSearch.Training.Tests.Diagnostics;

public sealed class GradientCheckTests(ITestOutputHelper output)
{
    public static TheoryData<string, string> Networks()
    {
        var networks = new TheoryData<string, string>();
        foreach (var task in new[] { "classes", "binary", "regression" })
        {
            foreach (var options in new[]
            {
                "hidden_layers=0", "layers=7-5 activation=tanh", "layers=17-33-5 activation=sigmoid",
                "layers=40-9 activation=relu", "layers=12 activation=leaky_relu",
                "layers=9-6 activation=tanh batch_norm=true", "layers=20-20 activation=tanh keep_prob=0.7 input_keep_prob=0.9",
                "layers=20-20 activation=relu keep_prob=0.7 batch_norm=true", "layers=18 activation=sigmoid keep_prob=0.5 batch_norm=true",
                "layers=8 activation=tanh l2=3 l1=2", "layers=8 activation=tanh class_weights=balanced l2=1",
            })
            {
                networks.Add(task, options);
            }
        }
        return networks;
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Run_FindsEveryGroupRight(string task, string options)
    {
        using var data = Synthetic.Data(task, rows: 60, inputs: 11);
        var findings = GradientCheck.Run(data, Synthetic.Options(options), seed: 3);
        foreach (var finding in findings)
            output.WriteLine($"{finding}");
        Assert.Contains(findings, static finding => finding.Group.EndsWith(".weights", StringComparison.Ordinal));
        Assert.All(findings, finding => Assert.Equal(GradientAgreement.Great, finding.Agreement));
    }
}
