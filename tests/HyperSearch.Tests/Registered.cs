using HyperSearch.Hosting.Searches.Grammar;
using HyperSearch.Samplers;

namespace HyperSearch.Tests;

/// <summary>The samplers, or the schedules, that a search file can name, each with its default options.</summary>
internal static class Registered
{
    public static IReadOnlyDictionary<string, T> Of<T>() => (typeof(T) == typeof(ISampler) ? MethodNames.Samplers : MethodNames.Schedules)
        .ToDictionary(named => named.Name, named => (T)Activator.CreateInstance(named.Type)!);
}
