using System.Reflection;
using System.Text.Json.Serialization;

namespace HyperSearch.Tests;

/// <summary>What the search file can name of a kind, such as every sampler, each with its default options.</summary>
internal static class Registered
{
    public static IReadOnlyDictionary<string, T> Of<T>() => typeof(T).GetCustomAttributes<JsonDerivedTypeAttribute>()
        .ToDictionary(named => (string)named.TypeDiscriminator!, named => (T)Activator.CreateInstance(named.DerivedType)!);
}
