using HyperSearch.Conventions;

namespace HyperSearch.Training.Tests.Conventions
{
    /// <summary>
    /// Arrows between the trainer's folders point one way: Kernels, Graph, then Layers, Losses and Optimizers, then Networks, then the
    /// trainer.
    /// </summary>
    public sealed class FolderArrowTests
    {
        [Fact]
        public void Folders_PointOneWay()
        {
            var graph = FolderGraph.Of(typeof(Trainer).Assembly);
            Assert.NotEmpty(graph.Edges);
            Assert.True(graph.Cycles().Count == 0, string.Join('\n', graph.Cycles()));
        }

        [Fact]
        public void Cycles_SeesAKnotTiedByMethodBodiesAlone()
        {
            var knots = FolderGraph.Of(typeof(FolderArrowTests).Assembly).Cycles();
            var knot = Assert.Single(knots, text => text.Contains("Knotted.Left", StringComparison.Ordinal));
            Assert.Contains(
                "Knotted.Left → HyperSearch.Training.Tests.Conventions.Knotted.Right (1): Hand → Glove", knot, StringComparison.Ordinal);
            Assert.Contains(
                "Knotted.Right → HyperSearch.Training.Tests.Conventions.Knotted.Left (1): Glove → Hand", knot, StringComparison.Ordinal);
        }
    }
}

namespace HyperSearch.Training.Tests.Conventions.Knotted.Left
{
    internal static class Hand
    {
        public static string Wear() => new List<Right.Glove>().ToString()!;
    }
}

namespace HyperSearch.Training.Tests.Conventions.Knotted.Right
{
    internal sealed class Glove
    {
        public static string Fit() => ((Func<string>)(static () => Left.Hand.Wear()))();
    }
}
