using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using HyperSearch.Hosting.Searches.Yaml;

namespace HyperSearch.Hosting.Searches.Grammar;

/// <summary>The implementations of an extension point by their names in search files, read off its <see cref="JsonDerivedTypeAttribute"/>s; their settable properties are the options.</summary>
/// <param name="Noun">What each is: <c>sampler</c>.</param>
/// <param name="Entries">One an attribute, by name.</param>
internal sealed record OptionCatalog(string Noun, ImmutableArray<OptionCatalog.Entry> Entries)
{
    /// <summary>The catalog of an interface.</summary>
    public static OptionCatalog Of<T>(string noun) => new(noun,
    [
        .. typeof(T).GetCustomAttributes<JsonDerivedTypeAttribute>()
            .Select(attribute => new Entry((string)attribute.TypeDiscriminator!, attribute.DerivedType))
            .OrderBy(entry => entry.Name, StringComparer.Ordinal),
    ]);

    /// <summary>The implementation that a sound node names, with its options set; <c>null</c> when it refuses one, for which an error was noted.</summary>
    public object? Make(Node node, Problems problems)
    {
        var (name, options) = node is MapNode map ? (map.Entries[0].Key.Text, map.Entries[0].Value as MapNode) : (node.AsText(), null);
        var entry = Entries.First(known => known.Name == name);
        var made = Activator.CreateInstance(entry.Type)!;
        var sound = true;
        foreach (var (key, value) in options?.Entries ?? [])
        {
            try
            {
                entry.Options.First(option => option.Name == key.Text).Set(made, value);
            }
            catch (TargetInvocationException e) when (e.InnerException is ArgumentException refusal)
            {
                sound = problems.Add(value, $"{key.Text}: {Law.Of(refusal)}");
            }
        }

        return sound ? made : null;
    }

    /// <summary>An implementation by name, with the options that are not at their defaults: <c>coarse_to_fine {global_share: 0.1}</c>.</summary>
    public string Describe(object made)
    {
        if (Entries.FirstOrDefault(entry => entry.Type == made.GetType()) is not { } entry)
            return made.GetType().Name;
        var untouched = Activator.CreateInstance(entry.Type)!;
        var options = entry.Options.Where(option => option.Show(made) != option.Show(untouched)).Select(option => $"{option.Name}: {option.Show(made)}").ToArray();
        return options.Length == 0 ? entry.Name : $"{entry.Name} {{{string.Join(", ", options)}}}";
    }

    /// <summary>One implementation.</summary>
    /// <param name="Name">In search files.</param>
    /// <param name="Type">A record that can be made without arguments.</param>
    internal sealed record Entry(string Name, Type Type)
    {
        /// <summary>Its options.</summary>
        public ImmutableArray<Option> Options { get; } =
        [
            .. Type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.SetMethod is { IsPublic: true } && property.GetCustomAttribute<JsonIgnoreAttribute>() is null)
                .Select(property => new Option(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name), property)),
        ];
    }
}
