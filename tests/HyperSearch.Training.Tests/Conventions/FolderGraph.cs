using System.Reflection;
using System.Reflection.Emit;

namespace HyperSearch.Conventions;

/// <summary>
/// Which folders of an assembly use which, read from the compiled types: base types, members, attributes, generic arguments and method
/// bodies.
/// </summary>
/// <remarks>
/// A folder is a namespace. Constants and enum values leave no trace in compiled code and are not seen.
/// The class depends on nothing but the runtime, so that the tests of every assembly can link it.
/// </remarks>
internal sealed class FolderGraph
{
    private const BindingFlags Own =
        BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;
    private const int MostExamples = 12;

    private static readonly Dictionary<int, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(static field => (OpCode)field.GetValue(null)!).ToDictionary(static code => (int)(ushort)code.Value);

    private readonly SortedDictionary<(string From, string To), SortedSet<string>> _edges = [];

    private FolderGraph()
    {
    }

    /// <summary>The graph of an assembly's folders.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="rooms">Namespaces that count as one folder together with all that lie inside them.</param>
    public static FolderGraph Of(Assembly assembly, params string[] rooms)
    {
        var graph = new FolderGraph();
        foreach (var type in assembly.GetTypes())
        {
            if (type.Namespace is null || type.Namespace.EndsWith(".SourceGeneration", StringComparison.Ordinal)) // no folder of ours
                continue; // what the compiler adds by itself
            var from = Folder(type, rooms);
            foreach (
                var used in Used(type).SelectMany(Parts).Where(used => used.Assembly == assembly && used.Namespace is not null).Distinct())
            {
                var to = Folder(used, rooms);
                if (from == to)
                    continue;
                if (!graph._edges.TryGetValue((from, to), out var examples))
                    graph._edges[(from, to)] = examples = new SortedSet<string>(StringComparer.Ordinal);
                examples.Add($"{Name(type)} → {Name(used)}");
            }
        }
        return graph;
    }

    /// <summary>Every type outside of an assembly that its types use, with the type that does.</summary>
    public static IEnumerable<(string User, Type Used)> Foreign(Assembly assembly) =>
        from type in assembly.GetTypes()
        from used in Used(type).SelectMany(Parts)
        where used.Assembly != assembly
        select (Name(type), used);

    /// <summary>Every arrow from a folder to another, with the pairs of types that make it.</summary>
    public IReadOnlyDictionary<(string From, string To), SortedSet<string>> Edges => _edges;

    /// <summary>One text for each knot of folders that reach each other; it names the arrows inside and the types that make them.</summary>
    public IReadOnlyList<string> Cycles()
    {
        var reach = Reach();
        var knots = reach.Keys.Where(folder => reach[folder].Contains(folder))
            .GroupBy(folder => string.Join(", ", reach[folder].Where(other => ReachesBack(other, folder)).Order(StringComparer.Ordinal)));
        return [.. knots.Select(knot => $"{knot.Key} reach each other:\n" + string.Join('\n', _edges
            .Where(edge => knot.Contains(edge.Key.From) && knot.Contains(edge.Key.To))
            .Select(
                edge => $"  {edge.Key.From} → {edge.Key.To} ({edge.Value.Count}): {string.Join(", ", edge.Value.Take(MostExamples))}")))];

        bool ReachesBack(string other, string folder) => reach.TryGetValue(other, out var back) && back.Contains(folder);
    }

    /// <summary>The folders that each folder reaches by one arrow or more.</summary>
    private Dictionary<string, HashSet<string>> Reach()
    {
        var next = _edges.Keys.ToLookup(static edge => edge.From, static edge => edge.To);
        var reach = new Dictionary<string, HashSet<string>>();
        foreach (var start in next.Select(static group => group.Key))
        {
            var seen = reach[start] = [];
            var open = new Stack<string>(next[start]);
            while (open.TryPop(out var folder))
            {
                if (!seen.Add(folder))
                    continue;
                foreach (var after in next[folder])
                    open.Push(after);
            }
        }
        return reach;
    }

    private static string Folder(Type type, string[] rooms) =>
        Array.Find(
            rooms, room => type.Namespace == room || type.Namespace!.StartsWith(room + ".", StringComparison.Ordinal)) ?? type.Namespace!;

    /// <summary>The outermost type's name: lambdas, iterators and nested types belong to the type that was written.</summary>
    private static string Name(Type type)
    {
        while (type.DeclaringType is { } outer)
            type = outer;
        return type.Name.Split('`')[0];
    }

    /// <summary>The types that a constructed type is made of.</summary>
    private static IEnumerable<Type> Parts(Type type)
    {
        if (type.HasElementType)
            return Parts(type.GetElementType()!);
        if (type.IsFunctionPointer)
            return type.GetFunctionPointerParameterTypes().Append(type.GetFunctionPointerReturnType()).SelectMany(Parts);
        if (type.IsGenericParameter)
            return [];
        return type.IsConstructedGenericType
            ? type.GetGenericArguments().SelectMany(Parts).Append(type.GetGenericTypeDefinition()) : [type];
    }

    private static IEnumerable<Type> Used(Type type)
    {
        if (type.BaseType is { } parent)
            yield return parent;
        foreach (var used in type.GetInterfaces().Concat(Constraints(type.GetGenericArguments())).Concat(Attributes(type)))
            yield return used;
        foreach (var field in type.GetFields(Own))
        {
            yield return field.FieldType;
            foreach (var used in Attributes(field))
                yield return used;
        }
        foreach (var used in type.GetProperties(Own).SelectMany(Attributes))
            yield return used;
        foreach (var method in type.GetMethods(Own).Concat<MethodBase>(type.GetConstructors(Own)))
        {
            foreach (var used in Signature(method).Concat(Attributes(method)).Concat(Body(method)))
                yield return used;
        }
    }

    private static IEnumerable<Type> Constraints(Type[] arguments) =>
        arguments.Where(
            static argument => argument.IsGenericParameter).SelectMany(static argument => argument.GetGenericParameterConstraints());

    private static IEnumerable<Type> Signature(MethodBase method)
    {
        foreach (var parameter in method.GetParameters())
            yield return parameter.ParameterType;
        if (method is not MethodInfo info)
            yield break;
        yield return info.ReturnType;
        if (!info.IsGenericMethod)
            yield break;
        foreach (var used in info.GetGenericArguments().Concat(Constraints(info.GetGenericArguments())))
            yield return used;
    }

    private static IEnumerable<Type> Attributes(MemberInfo member)
    {
        foreach (var attribute in member.GetCustomAttributesData())
        {
            yield return attribute.AttributeType;
            var arguments = attribute.ConstructorArguments.Concat(attribute.NamedArguments.Select(static named => named.TypedValue));
            foreach (var type in arguments.Select(static argument => argument.Value).OfType<Type>())
                yield return type;
        }
    }

    private static IEnumerable<Type> Body(MethodBase method)
    {
        if (method.GetMethodBody() is not { } body)
            yield break;
        foreach (var local in body.LocalVariables)
            yield return local.LocalType;
        foreach (var clause in body.ExceptionHandlingClauses)
        {
            if (clause.Flags == ExceptionHandlingClauseOptions.Clause && clause.CatchType is { } caught)
                yield return caught;
        }
        foreach (var token in Tokens(body.GetILAsByteArray()!))
        {
            foreach (var used in Resolved(method, token))
                yield return used;
        }
    }

    private static IEnumerable<Type> Resolved(MethodBase method, int token)
    {
        var ofType = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
        var ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        var member = method.Module.ResolveMember(token, ofType, ofMethod);
        if (member is Type type)
            return [type];
        IEnumerable<Type> declaring = member!.DeclaringType is { } owner ? [owner] : [];
        return member switch
        {
            FieldInfo field => declaring.Append(field.FieldType),
            MethodBase called => declaring.Concat(Signature(called)),
            _ => declaring,
        };
    }

    /// <summary>The metadata tokens of types, fields and methods that instructions name.</summary>
    private static IEnumerable<int> Tokens(byte[] il)
    {
        for (var at = 0; at < il.Length;)
        {
            var value = il[at++] is var first && first == 0xFE ? 0xFE00 | il[at++] : first;
            var operand = Codes[value].OperandType;
            if (operand is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
                yield return BitConverter.ToInt32(il, at);
            at += operand switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(il, at),
                _ => 4,
            };
        }
    }
}
