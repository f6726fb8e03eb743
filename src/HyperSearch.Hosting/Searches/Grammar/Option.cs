using System.Collections;
using System.Collections.Immutable;
using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using HyperSearch.Hosting.Searches.Yaml;
using HyperSearch.Spaces;

namespace HyperSearch.Hosting.Searches.Grammar;

/// <summary>One option of a sampler or schedule: a settable property under its name in search files.</summary>
/// <param name="Name">In search files.</param>
/// <param name="Property">What it sets.</param>
internal sealed record Option(string Name, PropertyInfo Property)
{
    private static readonly NumberShape Number = new();
    private static readonly NumberShape Integer = new() { Whole = true, Min = int.MinValue, Max = int.MaxValue };
    private static readonly NumberShape LongInteger = new() { Whole = true };

    /// <summary>What its value may be; the property itself may say more when it is set.</summary>
    public Shape Shape => ShapeOf(Property.PropertyType);

    /// <summary>The option as a key of a map.</summary>
    /// <param name="untouched">An instance with every option at its default.</param>
    public Key ToKey(object untouched) => new(Name, Shape, Property.GetCustomAttribute<DescriptionAttribute>()?.Description ?? "An option of this method.")
    {
        Default = Property.GetValue(untouched) is null or IEnumerable and not string ? null : Show(untouched),
    };

    /// <summary>The option's value, as people write it.</summary>
    public string Show(object target) => Write(Property.GetValue(target));

    /// <summary>Sets the option.</summary>
    /// <exception cref="TargetInvocationException">The property refuses the value.</exception>
    public void Set(object target, Node node) => Property.SetValue(target, Read(node, Property.PropertyType));

    private static Shape ShapeOf(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(double))
            return Number;
        if (type == typeof(int))
            return Integer;
        if (type == typeof(long))
            return LongInteger;
        if (type == typeof(bool))
            return new TruthShape();
        if (type == typeof(string))
            return new TextShape("a text");
        if (type == typeof(TimeSpan))
            return new DurationShape();
        if (type == typeof(ParameterValue))
            return new ValueShape();
        if (type.IsEnum)
            return new WordShape("word", [.. Enum.GetNames(type).Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)]);
        if (ItemOf(type) is { } item)
            return new ListShape("a list", ShapeOf(item)) { Min = 0 };
        if (ValueOf(type) is { } value)
            return new DictionaryShape("a map", ShapeOf(value));
        throw new NotSupportedException($"A search file cannot say an option of type {type}. Give Option.ShapeOf and Option.Read a case for it.");
    }

    private static object Read(Node node, Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(bool))
            return node.AsTruth();
        if (type == typeof(string))
            return node.AsText();
        if (type == typeof(TimeSpan))
            return node.AsDuration();
        if (type == typeof(ParameterValue))
            return node.AsValue();
        if (type.IsEnum)
            return Enum.Parse(type, node.AsText().Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
        if (ItemOf(type) is { } item)
            return Collect(nameof(ListOf), item, [.. node.AsItems().Select(each => Read(each, item))]);
        if (ValueOf(type) is { } value)
            return Collect(nameof(MapOf), value, [.. ((MapNode)node).Entries.Select(entry => (object)KeyValuePair.Create(entry.Key.Text, Read(entry.Value, value)))]);
        return Convert.ChangeType(node.AsNumber(), type, CultureInfo.InvariantCulture);
    }

    private static Type? ItemOf(Type type) => Generic(type, typeof(ImmutableArray<>))?[0];

    private static Type? ValueOf(Type type) => Generic(type, typeof(ImmutableSortedDictionary<,>))?[1];

    private static Type[]? Generic(Type type, Type definition) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == definition ? type.GetGenericArguments() : null;

    private static object Collect(string method, Type type, object[] items) =>
        typeof(Option).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type).Invoke(null, [items])!;

    private static ImmutableArray<T> ListOf<T>(object[] items) => [.. items.Cast<T>()];

    private static ImmutableSortedDictionary<string, T> MapOf<T>(object[] items) =>
        items.Cast<KeyValuePair<string, object>>().ToImmutableSortedDictionary(pair => pair.Key, pair => (T)pair.Value, StringComparer.Ordinal);

    private static string Write(object? value) => value switch
    {
        null => "(none)",
        bool truth => truth ? "true" : "false",
        Enum word => JsonNamingPolicy.SnakeCaseLower.ConvertName(word.ToString()),
        string text => text,
        TimeSpan time => time.ToString("c", CultureInfo.InvariantCulture),
        IDictionary map => $"{{{string.Join(", ", map.Keys.Cast<object>().Select(key => $"{key}: {Write(map[key])}"))}}}",
        IEnumerable list => $"[{string.Join(", ", list.Cast<object?>().Select(Write))}]",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
