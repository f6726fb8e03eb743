using System.Globalization;
using System.Net;

namespace HyperSearch.Web;

/// <summary>What the page serves, where and to whom.</summary>
internal sealed record ServeOptions
{
    /// <summary>The folder of campaigns.</summary>
    public required string Results { get; init; }

    /// <summary>The address that it listens at. Default: this machine only.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The port; 0 for any that is free.</summary>
    public int Port { get; init; }

    /// <summary>The token that every request must know; <c>null</c> where none is needed.</summary>
    public string? Token { get; init; }

    /// <summary>Whether only this machine can reach it.</summary>
    public bool IsLoopback => IPAddress.IsLoopback(Address);

    /// <summary>Reads the arguments by which <c>hypersearch serve</c> starts this program; that verb has checked them.</summary>
    /// <param name="arguments">Pairs of a name and a value.</param>
    /// <exception cref="ArgumentException">An argument is missing or makes no sense.</exception>
    public static ServeOptions Parse(string[] arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var given = arguments.Chunk(2).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1]);
        string Of(string name) => given.TryGetValue(name, out var value) ? value
            : throw new ArgumentException($"The page needs {name}; \"hypersearch serve\" starts it with all that it needs.");
        return new ServeOptions
        {
            Results = Of("--results"),
            Address = IPAddress.Parse(Of("--host")),
            Port = int.Parse(Of("--port"), NumberStyles.None, CultureInfo.InvariantCulture),
            Token = Of("--token") switch
            {
                "none" => null,
                "kept" => KeptToken.Read(),
                var file => File.ReadAllText(file).Trim(),
            },
        };
    }
}
