using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using HyperSearch.Hosting.Searches.Yaml;
using HyperSearch.Numerics;

namespace HyperSearch.Hosting.Searches.Grammar;

/// <summary>
/// The implementations of an extension point by their names in search files; the options are the settable properties of the types.
/// </summary>
/// <param name="Noun">The word for one of them: <c>sampler</c>.</param>
/// <param name="Entries">The implementations, ordered by name.</param>
/// <param name="InCode">How a kept campaign names an implementation of a program's own.</param>
internal sealed record OptionCatalog(string Noun, ImmutableArray<OptionCatalog.Entry> Entries, MethodNotation InCode)
{
    /// <summary>The catalog of methods.</summary>
    public static OptionCatalog Of(string noun, ImmutableArray<Entry> methods, MethodNotation inCode) =>
        new(noun, [.. methods.OrderBy(entry => entry.Name, StringComparer.Ordinal)], inCode);

    /// <summary>Whether a search file can name an implementation.</summary>
    public bool Knows(object made) => Entries.Any(entry => entry.Type == made.GetType());

    /// <summary>
    /// The implementation that a sound node names, with its options set; <c>null</c> when it refuses one, for which an error was noted.
    /// </summary>
    public object? Make(Node node, Problems problems)
    {
        var (name, options) = node is MapNode map ? (map.Entries[0].Key.Text, map.Entries[0].Value as MapNode) : (node.AsText(), null);
        if (name == MethodNotation.Key)
            return InCode.Read(options!);
        var entry = Entries.First(known => known.Name == name);
        var made = Activator.CreateInstance(entry.Type)!;
        var sound = true;
        foreach (var (key, value) in options?.Entries ?? [])
        {
            var option = entry.Options.First(option => option.Name == key.Text);
            sound &= problems.Attempt(value, () => option.Set(made, value), $"{key.Text}: ");
        }

        return sound ? made : null;
    }

    /// <summary>
    /// An implementation by name, with the options that are not at their defaults: <c>coarse_to_fine {global_share: 0.1}</c>; one of a
    /// program's own in its words, <c>ScoutSampler { Reach = 0.1 } (in code)</c>.
    /// </summary>
    public string Describe(object made) => Options(made) is { } options
        ? options.Text.Length == 0 ? options.Name : $"{options.Name} {options.Text}" : $"{MethodNotation.WordsOf(made)} (in code)";

    /// <summary>An implementation as a search file has it: <c>{coarse_to_fine: {global_share: 0.1}}</c>.</summary>
    /// <remarks>One of a program's own has a stand-in; see <see cref="IMethodInCode"/>.</remarks>
    public string Write(object made) => Options(made) is { } options
        ? options.Text.Length == 0 ? options.Name : $"{{{options.Name}: {options.Text}}}"
        : $"{{{MethodNotation.Key}: {InCode.Write(made)}}}";

    private (string Name, string Text)? Options(object made)
    {
        if (Entries.FirstOrDefault(entry => entry.Type == made.GetType()) is not { } entry)
            return null;
        var untouched = Activator.CreateInstance(entry.Type)!;
        var options = entry.Options.Where(option => option.Show(made) != option.Show(untouched))
            .Select(option => $"{option.Name}: {option.Show(made)}").ToArray();
        return (entry.Name, options.Length == 0 ? "" : $"{{{string.Join(", ", options)}}}");
    }

    /// <summary>One implementation.</summary>
    /// <param name="Name">In search files.</param>
    /// <param name="Type">A record that can be made without arguments.</param>
    internal sealed record Entry(string Name, [property: DynamicallyAccessedMembers(Entry.Reached)]
        [param: DynamicallyAccessedMembers(Entry.Reached)] Type Type)
    {
        /// <summary>The members by which a method is made and its options are set, so that trimming keeps them.</summary>
        private const DynamicallyAccessedMemberTypes Reached =
            DynamicallyAccessedMemberTypes.PublicParameterlessConstructor | DynamicallyAccessedMemberTypes.PublicProperties;

        /// <summary>Its options.</summary>
        public ImmutableArray<Option> Options { get; } =
        [
            .. Type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.SetMethod is { IsPublic: true } && property.GetCustomAttribute<JsonIgnoreAttribute>() is null)
                .Select(property => new Option(property)),
        ];

        /// <summary>The options as a map of a search file, for the schema with what each means.</summary>
        public MapShape ToShape(bool explained)
        {
            var untouched = Activator.CreateInstance(Type)!;
            return new MapShape($"the options of {Name}", [.. Options.Select(option => option.ToKey(untouched, explained))]);
        }
    }

    /// <summary>One option: a settable property under its name in search files.</summary>
    internal sealed record Option(PropertyInfo Property)
    {
        private readonly Form<object> _form = FormOf(Property.PropertyType);

        /// <summary>In search files.</summary>
        public string Name { get; } = JsonNamingPolicy.SnakeCaseLower.ConvertName(Property.Name);

        /// <summary>The option as a key of a map.</summary>
        /// <param name="untouched">An instance with every option at its default.</param>
        /// <param name="explained">Whether to say what it means, which takes reading the library's documentation.</param>
        public Key ToKey(object untouched, bool explained) =>
            new(Name, _form.Shape, explained ? OptionMeaning.Of(Property) : "") { Default = Show(untouched) };

        /// <summary>The option's value, as a search file has it.</summary>
        public string Show(object target) => _form.Write(Property.GetValue(target)!);

        /// <summary>Sets the option.</summary>
        /// <exception cref="ArgumentException">The property refuses the value.</exception>
        public void Set(object target, Node node) =>
            Property.SetValue(target, _form.Read(node), BindingFlags.DoNotWrapExceptions, binder: null, index: null,
                CultureInfo.InvariantCulture);

        private static Form<object> FormOf(Type type)
        {
            if (type == typeof(double))
                return new(new NumberShape(), node => node.AsNumber(), value => ((double)value).ToString(CultureInfo.InvariantCulture));
            if (type == typeof(int))
                return new(new NumberShape { Whole = true, Min = int.MinValue, Max = int.MaxValue }, node => node.AsCount(),
                    value => ((int)value).ToString(CultureInfo.InvariantCulture));
            if (type == typeof(bool))
                return new(new BooleanShape(), node => node.AsBoolean(), value => (bool)value ? "true" : "false");
            if (type == typeof(ImmutableArray<string>))
            {
                var name = Form.Text(new TextShape("a name"));
                var names = Form.List(new ListShape("a list of names", name.Shape) { Min = 0 }, name);
                return new(names.Shape, node => names.Read(node).ToImmutableArray(), value => names.Write((ImmutableArray<string>)value));
            }

            throw new NotSupportedException(
                $"A search file has no form for an option of type {type}. Give OptionCatalog.Option.FormOf a case for it.");
        }
    }
}

/// <summary>
/// A method by its name, or as a map of its name to its options: <c>random</c>, <c>{coarse_to_fine: {global_share: 0.1}}</c>.
/// </summary>
/// <param name="Catalog">The methods.</param>
internal sealed record NamedShape(OptionCatalog Catalog) : Shape
{
    private readonly ImmutableDictionary<string, MapShape> _options =
        Catalog.Entries.ToImmutableDictionary(entry => entry.Name, entry => entry.ToShape(explained: false), StringComparer.Ordinal);

    public override string Expected => $"the name of a {Catalog.Noun}, alone or as the one key of a map with its options";

    private string[] Names => [.. Catalog.Entries.Select(entry => entry.Name)];

    public override bool Check(Node node, Problems problems) => node switch
    {
        ScalarNode { IsNull: false } name => Knows(name, problems),
        MapNode { Entries: [({ Text: MethodNotation.Key }, var kept)] } => problems.Taint(node, Catalog.InCode.Shape.Check(kept, problems)),
        MapNode { Entries: [var (name, options)] } => CheckOptions(node, name, options, problems),
        MapNode { Entries: [_, var (second, _), ..] } =>
            problems.Taint(node,
                problems.Add(second, $"a {Catalog.Noun} is one name; options stand below it: {{{Catalog.Entries[0].Name}: {{…}}}}.")),
        _ => Refuse(node, problems),
    };

    public override JsonObject ToSchema()
    {
        var names = new JsonObject { ["enum"] = new JsonArray([.. Names.Select(name => (JsonNode)name)]) };
        var properties = new JsonObject();
        foreach (var entry in Catalog.Entries)
        {
            var options = entry.ToShape(explained: true).ToSchema();
            options["type"] = new JsonArray("object", "null");
            properties[entry.Name] = options;
        }

        properties[MethodNotation.Key] = Catalog.InCode.Shape.ToSchema();

        var withOptions = new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["minProperties"] = 1,
            ["maxProperties"] = 1,
            ["properties"] = properties,
        };
        return new JsonObject { ["anyOf"] = new JsonArray(names, withOptions) };
    }

    private bool Knows(ScalarNode name, Problems problems) => _options.ContainsKey(name.Text)
        || problems.Add(name,
            $"unknown {Catalog.Noun} \"{name.Text}\".{Nearest.Hint(name.Text, Names)} Known: {string.Join(", ", Names)}.");

    private bool CheckOptions(Node node, ScalarNode name, Node options, Problems problems) =>
        problems.Taint(node,
            Knows(name, problems) && (options is ScalarNode { IsNull: true } || _options[name.Text].Check(options, problems)));
}
