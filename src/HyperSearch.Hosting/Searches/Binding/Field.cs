using System.Collections;
using HyperSearch.Hosting.Searches.Grammar;
using HyperSearch.Hosting.Searches.Yaml;

namespace HyperSearch.Hosting.Searches.Binding;

/// <summary>A statement of a search under its place in a search file: two searches are compared by their facts.</summary>
/// <param name="Key">The place: <c>method.trials</c>.</param>
/// <param name="Value">The value as people read it.</param>
/// <param name="MayChange">Whether a campaign may go on with another value.</param>
internal readonly record struct Fact(string Key, string Value, bool MayChange);

/// <summary>A file that is being read.</summary>
/// <param name="Root">The whole file, its shape checked.</param>
/// <param name="Folder">The absolute folder that relative paths start from.</param>
/// <param name="Problems">Where mistakes are noted.</param>
internal sealed record Reading(MapNode Root, string Folder, Problems Problems);

/// <summary>The rules of a field beyond its form.</summary>
[Flags]
internal enum Rules
{
    /// <summary>It may be left out, and a campaign keeps it.</summary>
    None = 0,

    /// <summary>The map is nothing without it.</summary>
    Required = 1,

    /// <summary>A campaign may go on with another value, because it changes no trial that was proposed.</summary>
    MayChange = 2,
}

/// <summary>One field of a record: its key in a search file, and how it is read, written and compared.</summary>
/// <typeparam name="T">The record.</typeparam>
/// <param name="Key">Its name, shape and meaning.</param>
internal sealed record Field<T>(Key Key)
{
    /// <summary>The record with the value of a node that has the shape; as it was where a mistake was noted.</summary>
    public required Func<T, Node, Reading, T> Read { get; init; }

    /// <summary>The value as YAML; <c>null</c> where nothing needs to be written.</summary>
    public required Func<T, string?> Write { get; init; }

    /// <summary>The facts that the record states by this field, their places relative to the record's.</summary>
    public required Func<T, IEnumerable<Fact>> Facts { get; init; }

    /// <summary>Whether the sound parts of an unsound map are read, so that their mistakes are told in the same go.</summary>
    public bool IsReadInParts { get; init; }

    /// <summary>The default as editors show it; <c>null</c> when it cannot be said in a value.</summary>
    public Func<T, string?> Default { get; init; } = static _ => null;

    /// <summary>A field that always has a value.</summary>
    public static Field<T> Of<V>(string name, Form<V> form, Func<T, V> get, Func<T, V, T> set, string meaning, Rules rules = Rules.None) =>
        new(KeyOf(name, form.Shape, meaning, rules))
        {
            Read = (record, node, _) => set(record, form.Read(node)),
            Write = record => form.Write(get(record)),
            Facts = record => [new Fact(name, form.Say(get(record)), rules.HasFlag(Rules.MayChange))],
            Default = rules.HasFlag(Rules.Required) ? static _ => null : record => form.Write(get(record)),
        };

    /// <summary>A field whose value is given by a map with fields of its own, or <c>null</c>.</summary>
    public static Field<T> Of<S>(string name, Section<S> section, Func<T, S?> get, Func<T, S, T> set, string meaning)
        where S : class => new(KeyOf(name, section.Shape, meaning, Rules.None))
        {
            Read = (record, node, reading) => set(record, section.Read(section.Untouched, node, reading)),
            Write = record => get(record) is { } inner ? section.Write(inner) : null,
            Facts = record => get(record) is { } inner ? section.Facts(inner, name) : [],
            IsReadInParts = true,
        };

    private static Key KeyOf(string name, Shape shape, string meaning, Rules rules) =>
        new(name, shape, meaning) { Required = rules.HasFlag(Rules.Required) };

    /// <summary>A field that need not have a value.</summary>
    internal static Field<T> OrNone<V>(string name, Form<V> form, Func<T, (bool Given, V Value)> get, Func<T, V, T> set, string meaning,
        Rules rules) =>
        new(KeyOf(name, form.Shape, meaning, rules))
        {
            Read = (record, node, _) => set(record, form.Read(node)),
            Write = record => get(record) is (true, var value) ? form.Write(value) : null,
            Facts = record => get(record) is (true, var value) ? [new Fact(name, form.Say(value), rules.HasFlag(Rules.MayChange))] : [],
            Default = rules.HasFlag(Rules.Required)
                ? static _ => null : record => get(record) is (true, var value) ? form.Write(value) : null,
        };
}

/// <summary>
/// The fields of a record that stands in a search file as a map. Its shape, its reading, its text and its facts all follow from them.
/// </summary>
/// <typeparam name="T">The record.</typeparam>
/// <param name="what">The map, for messages: <c>the limits</c>.</param>
/// <param name="untouched">The record with every field at its default.</param>
/// <param name="advice">Where an unknown key belongs: <see cref="MapShape.Advice"/>. Default: nowhere.</param>
internal sealed class Section<T>(string what, T untouched, Func<string, string?>? advice = null) : IEnumerable<Field<T>>
{
    private readonly List<Field<T>> _fields = [];

    /// <summary>The record with every field at its default.</summary>
    public T Untouched => untouched;

    /// <summary>The form of the map.</summary>
    public MapShape Shape => field ??= new MapShape(what, [.. _fields.Select(each => each.Key with { Default = each.Default(untouched) })])
    {
        Advice = advice ?? (static _ => null),
    };

    /// <summary>Adds a field.</summary>
    public void Add(Field<T> field) => _fields.Add(field);

    /// <summary>Adds a field that always has a value.</summary>
    public void Add<V>(string name, Form<V> form, Func<T, V> get, Func<T, V, T> set, string meaning, Rules rules = Rules.None) =>
        Add(Field<T>.Of(name, form, get, set, meaning, rules));

    /// <summary>Adds a field that need not have a value.</summary>
    public void Add<V>(string name, Form<V> form, Func<T, V?> get, Func<T, V, T> set, string meaning, Rules rules = Rules.None)
        where V : struct =>
        Add(Field<T>.OrNone(name, form, record => get(record) is { } value ? (true, value) : default, set, meaning, rules));

    /// <summary>Adds fields that stand in a map of their own.</summary>
    public void Add(string name, Section<T> section, string meaning) => Add(new Field<T>(new Key(name, section.Shape, meaning))
    {
        Read = section.Read,
        Write = section.Write,
        Facts = record => section.Facts(record, name),
        IsReadInParts = true,
    });

    /// <summary>
    /// A record with the values of a map that has the shape. Every field is read, and a field that refuses its value has it noted.
    /// </summary>
    /// <param name="record">The record to begin with.</param>
    /// <param name="map">The map; parts of it may be unsound, and are left alone.</param>
    /// <param name="reading">The file.</param>
    public T Read(T record, Node map, Reading reading)
    {
        foreach (var field in _fields)
        {
            if (map[field.Key.Name] is not { } node || !(reading.Problems.IsSound(node) || (field.IsReadInParts && node is MapNode)))
                continue;
            var before = reading.Problems.Count;
            reading.Problems.Attempt(node, () => record = field.Read(record, node, reading));
            reading.Problems.Taint(node, reading.Problems.Count == before);
        }

        return record;
    }

    /// <summary>The fields that need to be written, in order.</summary>
    public IEnumerable<(string Name, string Text)> Texts(T record) =>
        _fields.Select(field => (field.Key.Name, Text: field.Write(record))).Where(field => field.Text is not null)!;

    /// <summary>The record as a map in one line.</summary>
    public string Write(T record) => $"{{{string.Join(", ", Texts(record).Select(field => $"{field.Name}: {field.Text}"))}}}";

    /// <summary>The facts of the record, in the order of a search file.</summary>
    /// <param name="record">The record.</param>
    /// <param name="place">The place of the map; empty for a whole file.</param>
    public IEnumerable<Fact> Facts(T record, string place = "") =>
        _fields.SelectMany(field => field.Facts(record))
            .Select(fact => place.Length == 0 ? fact : fact with { Key = $"{place}.{fact.Key}" });

    /// <inheritdoc/>
    public IEnumerator<Field<T>> GetEnumerator() => _fields.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
