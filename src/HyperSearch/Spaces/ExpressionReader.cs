using System.Globalization;
using System.Text.RegularExpressions;
using HyperSearch.Numerics;

namespace HyperSearch.Spaces;

/// <summary>Reads expressions by recursive descent: or &lt; and &lt; not &lt; comparison &lt; sum &lt; product &lt; sign &lt;
/// power.</summary>
internal sealed partial class ExpressionReader
{
    private const int Deepest = 100;

    /// <summary>The most words, numbers and signs. A chain of operators becomes a tree as deep as it is long, and the stack holds it with
    /// room to spare.</summary>
    private const int MostTokens = 2000;

    private readonly List<(string Text, int Column)> _tokens = [];
    private readonly bool _asFilter;
    private int _next, _depth;

    private ExpressionReader(string text, bool asFilter)
    {
        _asFilter = asFilter;
        var at = 0;
        foreach (Match match in Token().Matches(text))
        {
            Skip(text, at, match.Index);
            if (_tokens.Count == MostTokens)
                throw new FormatException($"Column {match.Index + 1}: a constraint has at most {MostTokens} words, numbers and signs. " +
                    "Write several constraints instead.");
            _tokens.Add((match.Value, match.Index + 1));
            at = match.Index + match.Length;
        }

        Skip(text, at, text.Length);
        _tokens.Add(("", text.Length + 1));
    }

    /// <summary>Reads an expression.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="asFilter">Whether it selects trials, so that a single = compares and lists follow <c>in</c>.</param>
    /// <exception cref="FormatException">With the column of the mistake.</exception>
    public static Expression Read(string text, bool asFilter = false)
    {
        var reader = new ExpressionReader(text, asFilter);
        var expression = reader.Or();
        return reader.Peek == "" ? expression : throw reader.Unexpected("an operator or the end");
    }

    private string What => _asFilter ? "condition" : "constraint";

    private string Peek => _tokens[_next].Text;

    private void Skip(string text, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            if (!char.IsWhiteSpace(text[i]))
                throw new FormatException($"Column {i + 1}: '{text[i]}' has no meaning in a {What}. Known: + - * / ^ < <= > >= == != "
                    + $"and or not, functions, parentheses and words in quotes.");
        }
    }

    private FormatException Unexpected(string wanted) => new(Peek == ""
        ? $"Column {_tokens[_next].Column}: the {What} ends where {wanted} should be."
        : $"Column {_tokens[_next].Column}: \"{Peek}\" stands where {wanted} should be.{(Peek == "=" ? " To compare write ==." : "")}");

    private bool Takes(string token)
    {
        if (Peek != token)
            return false;
        _next++;
        return true;
    }

    private void Demand(string token)
    {
        if (!Takes(token))
            throw Unexpected($"\"{token}\"");
    }

    private Expression Or()
    {
        if (++_depth > Deepest)
            throw new FormatException($"Column {_tokens[_next].Column}: the {What} is nested more than {Deepest} deep.");
        var operands = new List<Expression> { And() };
        while (Takes("or"))
            operands.Add(And());
        _depth--;
        return operands.Count == 1 ? operands[0] : new Expression.Logic("or", [.. operands]);
    }

    private Expression And()
    {
        var operands = new List<Expression> { Not() };
        while (Takes("and"))
            operands.Add(Not());
        return operands.Count == 1 ? operands[0] : new Expression.Logic("and", [.. operands]);
    }

    private Expression Not()
    {
        var negations = 0;
        while (Takes("not"))
            negations++;
        var operand = Comparison();
        return negations == 0
            ? operand
            : negations % 2 == 1 ? new Expression.Logic("not", [operand]) : new Expression.Logic("and", [operand]);
    }

    /// <summary>A chain such as 1 &lt; x &lt;= y is the conjunction of its links.</summary>
    private Expression Comparison()
    {
        var left = Sum();
        var links = new List<Expression>();
        while (Peek is "<" or "<=" or ">" or ">=" or "==" or "!=" || (_asFilter && Peek is ("=" or "in" or "not")))
        {
            var operation = _tokens[_next++].Text;
            if (operation is "in" or "not")
            {
                links.Add(In(left, operation));
                break;
            }

            if (operation == "=")
                operation = "==";
            var right = Sum();
            links.Add(new Expression.Comparison(operation, left, right));
            left = right;
        }

        return links.Count switch { 0 => left, 1 => links[0], _ => new Expression.Logic("and", [.. links]) };
    }

    /// <summary>A list of values, in parentheses or brackets.</summary>
    private Expression.Logic In(Expression left, string operation)
    {
        if (operation == "not")
            Demand("in");
        var closing = Takes("[") ? "]" : ")";
        if (closing == ")")
            Demand("(");
        var values = new List<Expression>();
        do
            values.Add(new Expression.Comparison("==", left, Sum()));
        while (Takes(","));
        Demand(closing);
        var any = new Expression.Logic("or", [.. values]);
        return operation == "in" ? any : new Expression.Logic("not", [any]);
    }

    private Expression Sum()
    {
        var left = Product();
        while (Peek is "+" or "-")
        {
            left = _tokens[_next++].Text == "+"
                ? new Expression.Arithmetic("+", [left, Product()], x => x[0] + x[1])
                : new Expression.Arithmetic("-", [left, Product()], x => x[0] - x[1]);
        }

        return left;
    }

    private Expression Product()
    {
        var left = Sign();
        while (Peek is "*" or "/")
        {
            left = _tokens[_next++].Text == "*"
                ? new Expression.Arithmetic("*", [left, Sign()], x => x[0] * x[1])
                : new Expression.Arithmetic("/", [left, Sign()], x => x[0] / x[1]);
        }

        return left;
    }

    private Expression Sign()
    {
        var negative = false;
        while (Peek is "-" or "+")
            negative ^= _tokens[_next++].Text == "-";
        var operand = Power();
        return negative ? new Expression.Arithmetic("-", [operand], x => -x[0]) : operand;
    }

    private Expression Power()
    {
        var left = Atom();
        if (!Takes("^"))
            return left;
        if (++_depth > Deepest)
            throw new FormatException($"Column {_tokens[_next].Column}: the {What} is nested more than {Deepest} deep.");
        var power = new Expression.Arithmetic("^", [left, Sign()], x => PortableMath.Pow(x[0], x[1]));
        _depth--;
        return power;
    }

    private Expression Atom()
    {
        var token = Peek;
        if (Takes("("))
        {
            var inner = Or();
            Demand(")");
            return inner;
        }

        if (token.Length == 0 || token is "and" or "or" or "not"
            || !(char.IsLetterOrDigit(token[0]) || token[0] is '_' or '.' or '\'' or '"'))
            throw Unexpected("a number, a parameter or a parenthesis");
        _next++;
        if (token[0] is '\'' or '"')
            return new Expression.Constant(token[1..^1]);
        if (char.IsDigit(token[0]) || token[0] == '.')
            return new Expression.Constant(double.Parse(token, CultureInfo.InvariantCulture));
        if (token is "true" or "false")
            return new Expression.Constant(token == "true");
        return Peek == "(" ? Call(token) : new Expression.Name(token);
    }

    private Expression.Arithmetic Call(string name)
    {
        if (!Expression.Functions.TryGetValue(name, out var function))
            throw new FormatException($"Column {_tokens[_next - 1].Column}: unknown function \"{name}\". Known: "
                + $"{string.Join(", ", Expression.Functions.Keys)}.");
        Demand("(");
        var operands = new List<Expression> { Or() };
        while (Takes(","))
            operands.Add(Or());
        Demand(")");
        return function.Operands == 0 || function.Operands == operands.Count
            ? new Expression.Arithmetic(name, [.. operands], function.Law)
            : throw new FormatException($"Column {_tokens[_next - 1].Column}: {name} takes {function.Operands} operand, not "
                + $"{operands.Count}.");
    }

    [GeneratedRegex("""(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?|[\p{L}_][\p{L}\d_]*|'[^']*'|"[^"]*"|<=|>=|==|!=|[-+*/^<>=(),\[\]]""")]
    private static partial Regex Token();
}
