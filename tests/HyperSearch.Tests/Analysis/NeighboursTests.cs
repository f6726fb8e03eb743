using HyperSearch.Analysis;
using HyperSearch.Numerics;
using HyperSearch.Planning;
using HyperSearch.Spaces;

namespace HyperSearch.Tests.Analysis;

public sealed class NeighboursTests
{
    private static readonly Space Space = new(
    [
        new Parameter("rate", new LogScale(1e-4, 1)),
        new Parameter("layers", new IntScale(1, 4)),
        new Parameter("optimizer", new ChoiceScale("sgd", "adam")),
        new Parameter("momentum", new UniformScale(0, 1)) { When = [new Condition("optimizer", ["sgd"])] },
    ]);

    private static Point Of(double rate, int layers, string optimizer, double momentum = 0.5) => Space.Completed(new Point(
    [
        KeyValuePair.Create("rate", (ParameterValue)rate), KeyValuePair.Create("layers", (ParameterValue)layers),
        KeyValuePair.Create("optimizer", (ParameterValue)optimizer), KeyValuePair.Create("momentum", (ParameterValue)momentum),
    ]));

    [Fact]
    public void Distance_IsOnEachParametersOwnScale()
    {
        Assert.Equal(0, Neighbours.Distance(Space, Of(0.01, 2, "sgd"), Of(0.01, 2, "sgd")));
        var decade = Neighbours.Distance(Space, Of(0.01, 2, "sgd"), Of(0.1, 2, "sgd"));
        Assert.Equal(Math.Sqrt(0.25 * 0.25 / 4), decade, 6); // one decade of four, one parameter of four
        Assert.Equal(decade, Neighbours.Distance(Space, Of(0.001, 2, "sgd"), Of(0.0001, 2, "sgd")), 6);
        Assert.Equal(Math.Sqrt((1.0 + 1) / 4), Neighbours.Distance(Space, Of(0.01, 2, "sgd"), Of(0.01, 2, "adam")), 12);
        Assert.Equal(0, Neighbours.Distance(Space, Of(0.01, 2, "adam"), Of(0.01, 2, "adam"))); // momentum plays no part in either
    }

    [Fact]
    public void Nearest_AreInTheOrderOfTheirDistance()
    {
        Trial[] trials =
        [
            Trial(0, Of(1, 4, "adam")), Trial(1, Of(0.02, 2, "sgd")), Trial(2, Of(0.01, 2, "sgd")), Trial(3, Of(0.02, 2, "sgd")),
        ];
        var near = Neighbours.Nearest(Space, trials, Of(0.01, 2, "sgd"), 3);
        Assert.Equal([2, 1, 3], near.Select(neighbour => neighbour.Trial.Number));
        Assert.Equal(0, near[0].Distance);
    }

    [Fact]
    public void Move_IsSmallInsideTheSpaceAndNeverNowhere()
    {
        var from = Of(0.01, 2, "sgd");
        for (var number = 0; number < 300; number++)
        {
            var moved = Neighbours.Move(Space, from, RandomStream.For(1, (ulong)number, "move"))!;
            Assert.NotEqual(from, moved);
            var position = Space.PositionOf(moved);
            Assert.All(position, place => Assert.InRange(place, 0, 1));
            var changed = Space.Searched.Count(parameter => Value(from, parameter) != Value(moved, parameter));
            Assert.InRange(changed, 1, 3); // two, and one that comes or goes with them
            Assert.InRange(Math.Abs(position[0] - Space.PositionOf(from)[0]), 0, 0.081);
        }

        static ParameterValue? Value(Point point, Parameter parameter) =>
            point.TryGetValue(parameter.Name, out var value) ? value : default(ParameterValue?);
    }

    [Fact]
    public void Move_KeepsTheConstraints()
    {
        var space = new Space(
            [new Parameter("a", new UniformScale(0, 1)), new Parameter("b", new UniformScale(0, 1))], [Constraint.Parse("a <= b")]);
        var from = new Point([KeyValuePair.Create("a", (ParameterValue)0.5), KeyValuePair.Create("b", (ParameterValue)0.5)]);
        for (var number = 0; number < 100; number++)
        {
            var moved = Neighbours.Move(space, from, RandomStream.For(1, (ulong)number, "move"))!;
            Assert.True(moved["a"].Number <= moved["b"].Number);
        }
    }

    private static Trial Trial(int number, Point point) => Synthetic.Done(number, point, 0.5);
}
