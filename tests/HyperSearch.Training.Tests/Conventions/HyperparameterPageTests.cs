using HyperSearch.Tests.Conventions;

namespace HyperSearch.Training.Tests.Conventions;

public sealed class HyperparameterPageTests
{
    [Fact]
    public void Hyperparameters_HasEveryOneWithItsDefaultAndLaw() =>
        ReferencePage.AssertHolds("hyperparameters.md", new Dictionary<string, string>
        {
            ["hyperparameters"] = ReferencePage.Table(["name", "default", "values", "meaning"], HyperparameterCatalog.All
                .Where(entry => entry.Info.Name != "epochs")
                .Select(entry => new[]
                {
                    $"`{entry.Info.Name}`", entry.Info.Default.Length == 0 ? "none" : $"`{entry.Info.Default}`", Values(entry),
                    entry.Info.Meaning,
                })),
        });

    private static string Values(Hyperparameter entry) => entry.Law?.Words ?? entry.Info switch
    {
        { Kind: HyperparameterKind.Switch } => "true or false",
        { Words.Count: > 0 } words => string.Join(", ", words.Words),
        _ => "text",
    };
}
