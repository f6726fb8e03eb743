using System.Collections.Immutable;
using HyperSearch.Spaces;

namespace HyperSearch.Tests.Analysis;

/// <summary>Scales made of two functions, so that analysis and pictures are tested on the contract of <see cref="Scale"/> alone.</summary>
internal sealed record TestScale(string Law, Func<double, double> Forward, Func<double, double> Back, double Low, double High) : Scale
{
    public static TestScale Log(double low, double high) => new("log", Math.Log10, v => Math.Pow(10, v), low, high);

    public static TestScale OneMinusLog(double low, double high) => new("one_minus_log", x => -Math.Log10(1 - x), v => 1 - Math.Pow(10, -v), low, high);

    public static TestScale Uniform(double low, double high) => new("uniform", x => x, v => v, low, high);

    public override long? Count => Low == High ? 1 : null;

    public override ParameterValue At(double u) => Math.Clamp(Back(double.Lerp(Forward(Low), Forward(High), u)), Math.Min(Low, High), Math.Max(Low, High));

    public override double PositionOf(ParameterValue value) => Low == High ? 0.5 : Math.Clamp((Forward(value.Number) - Forward(Low)) / (Forward(High) - Forward(Low)), 0, 1);

    public override bool Contains(ParameterValue value) => value.IsNumber && value.Number >= Low - 1e-12 && value.Number <= High + 1e-12;

    public override string Describe() => $"{Law} [{Low}, {High}]";
}

/// <summary>Whole numbers, evenly spread over a law with half a step to either side.</summary>
internal sealed record TestWholeScale(bool IsLog, int Low, int High) : Scale
{
    public override long? Count => High - Low + 1;

    public override ParameterValue At(double u) => Math.Clamp(Math.Round(To(double.Lerp(From(Low - 0.5), From(High + 0.5), u))), Low, High);

    public override double PositionOf(ParameterValue value) =>
        ((From(value.Number - 0.5) + From(value.Number + 0.5)) / 2 - From(Low - 0.5)) / (From(High + 0.5) - From(Low - 0.5));

    public override bool Contains(ParameterValue value) => value.IsNumber && double.IsInteger(value.Number) && value.Number >= Low && value.Number <= High;

    public override string Describe() => $"{(IsLog ? "log_int" : "int")} [{Low}, {High}]";

    private double From(double x) => IsLog ? Math.Log(x) : x;

    private double To(double x) => IsLog ? Math.Exp(x) : x;
}

/// <summary>Listed values.</summary>
internal sealed record TestChoice(bool Ordered, ImmutableArray<ParameterValue> Values) : Scale
{
    public override long? Count => Values.Length;

    public override bool IsCategorical => !Ordered;

    public override ParameterValue At(double u) => Values[Math.Min((int)(u * Values.Length), Values.Length - 1)];

    public override double PositionOf(ParameterValue value) => (Values.IndexOf(value) + 0.5) / Values.Length;

    public override bool Contains(ParameterValue value) => Values.Contains(value);

    public override string Describe() => $"choice [{string.Join(", ", Values)}]";
}
