using HyperSearch.Numerics;

namespace HyperSearch.Spaces;

/// <summary>The kind of value that an expression gives.</summary>
internal enum Kind
{
    Number,
    Word,
    Truth,

    /// <summary>A choice of values of several kinds: known only when it is evaluated.</summary>
    Any,
}

internal static class Kinds
{
    public static Kind Of(Parameter parameter) => parameter.Scale switch
    {
        ChoiceScale choice when choice.Values.Select(Of).Distinct().Count() > 1 => Kind.Any,
        var scale => Of(scale.At(0)),
    };

    public static Kind Of(ParameterValue value) => value.IsNumber ? Kind.Number : value.IsWord ? Kind.Word : Kind.Truth;
}

/// <summary>An expression over parameters, as a tree. A value is <c>null</c> where a parameter it needs is inactive.</summary>
internal abstract record Expression
{
    public abstract IEnumerable<string> Names { get; }

    public abstract ParameterValue? Value(Func<string, ParameterValue?> parameter);

    /// <summary>The kind of its values; throws where an operation does not fit its operands.</summary>
    public abstract Kind KindOf(Func<string, Kind> parameter, string text);

    private static ArgumentException Unfit(string text, string operation, string wants, Kind found) =>
        new($"In the constraint \"{text}\" {operation} takes {wants}, not a {found.ToString().ToLowerInvariant()}.");

    internal sealed record Constant(ParameterValue Is) : Expression
    {
        public override IEnumerable<string> Names => [];

        public override ParameterValue? Value(Func<string, ParameterValue?> parameter) => Is;

        public override Kind KindOf(Func<string, Kind> parameter, string text) => Kinds.Of(Is);
    }

    internal sealed record Name(string Of) : Expression
    {
        public override IEnumerable<string> Names => [Of];

        public override ParameterValue? Value(Func<string, ParameterValue?> parameter) => parameter(Of);

        public override Kind KindOf(Func<string, Kind> parameter, string text) => parameter(Of);
    }

    /// <summary>Arithmetic: every operand and the result are numbers.</summary>
    internal sealed record Arithmetic(string Operation, Expression[] Operands, Func<double[], double> Law) : Expression
    {
        public override IEnumerable<string> Names => Operands.SelectMany(operand => operand.Names);

        public override ParameterValue? Value(Func<string, ParameterValue?> parameter)
        {
            var numbers = new double[Operands.Length];
            for (var i = 0; i < numbers.Length; i++)
            {
                if (Operands[i].Value(parameter) is not { IsNumber: true } value)
                    return null;
                numbers[i] = value.Number;
            }

            return Law(numbers);
        }

        public override Kind KindOf(Func<string, Kind> parameter, string text)
        {
            foreach (var kind in Operands.Select(operand => operand.KindOf(parameter, text)).Where(kind => kind is Kind.Word or Kind.Truth))
                throw Unfit(text, Operation, "numbers", kind);
            return Kind.Number;
        }
    }

    internal sealed record Comparison(string Operation, Expression Left, Expression Right) : Expression
    {
        public override IEnumerable<string> Names => [.. Left.Names, .. Right.Names];

        public override ParameterValue? Value(Func<string, ParameterValue?> parameter)
        {
            if (Left.Value(parameter) is not { } left || Right.Value(parameter) is not { } right)
                return null;
            if (Operation is "==" or "!=")
                return left == right == (Operation == "==");
            return !left.IsNumber || !right.IsNumber ? null : Operation switch
            {
                "<" => left.Number < right.Number,
                "<=" => left.Number <= right.Number,
                ">" => left.Number > right.Number,
                _ => left.Number >= right.Number,
            };
        }

        public override Kind KindOf(Func<string, Kind> parameter, string text)
        {
            Kind left = Left.KindOf(parameter, text), right = Right.KindOf(parameter, text);
            var found = left is Kind.Word or Kind.Truth ? left : right;
            if (Operation is not ("==" or "!=") && found is (Kind.Word or Kind.Truth))
                throw Unfit(text, Operation, "numbers", found);
            if (left != right && left != Kind.Any && right != Kind.Any)
                throw Unfit(text, Operation, $"a {left.ToString().ToLowerInvariant()} on both sides", right);
            return Kind.Truth;
        }
    }

    /// <summary><c>and</c>, <c>or</c>, <c>not</c>. A comparison that is unknown because a parameter is inactive counts as true in
    /// <c>and</c>, and is passed over in <c>or</c> and <c>not</c>.</summary>
    internal sealed record Logic(string Operation, Expression[] Operands) : Expression
    {
        public override IEnumerable<string> Names => Operands.SelectMany(operand => operand.Names);

        public override ParameterValue? Value(Func<string, ParameterValue?> parameter)
        {
            var known = Operands.Select(operand => operand.Value(parameter)).OfType<ParameterValue>().Select(value => value == true)
                .ToList();
            return known.Count == 0 ? null : Operation switch
            {
                "and" => known.TrueForAll(value => value),
                "or" => known.Exists(value => value),
                _ => !known[0],
            };
        }

        public override Kind KindOf(Func<string, Kind> parameter, string text)
        {
            foreach (var kind in Operands.Select(operand => operand.KindOf(parameter, text))
                .Where(kind => kind is Kind.Word or Kind.Number))
                throw Unfit(text, Operation, "a condition", kind);
            return Kind.Truth;
        }
    }

    /// <summary>The functions by name, with how many operands they take; 0 for one or more.</summary>
    internal static IReadOnlyDictionary<string, (int Operands, Func<double[], double> Law)> Functions { get; } = new Dictionary<string,
        (int, Func<double[], double>)>(StringComparer.Ordinal)
    {
        ["min"] = (0, x => x.Min()),
        ["max"] = (0, x => x.Max()),
        ["abs"] = (1, x => Math.Abs(x[0])),
        ["sqrt"] = (1, x => Math.Sqrt(x[0])),
        ["exp"] = (1, x => PortableMath.Exp(x[0])),
        ["log"] = (1, x => PortableMath.Log(x[0])),
        ["log2"] = (1, x => PortableMath.Log(x[0]) / PortableMath.Log(2)),
        ["log10"] = (1, x => PortableMath.Log(x[0]) / PortableMath.Log(10)),
    };
}
