using System.Text;
using HyperSearch.Hosting.Searches.Binding;
using HyperSearch.Planning;

namespace HyperSearch.Hosting.Searches;

/// <summary>
/// Writes a search that was made in code as a search file, so that any program that reads campaigns reads its campaign too.
/// </summary>
internal static class SearchText
{
    /// <summary>The text, which <see cref="SearchFile"/> reads back to the same search.</summary>
    /// <param name="search">The search.</param>
    /// <param name="program">The program whose function evaluates trials, where a function does.</param>
    /// <remarks>Scales, a sampler and a schedule of the program's own are named; their campaign can be read, and only the program goes on
    /// with it.</remarks>
    public static string Of(Search search, string program)
    {
        search = CodeParts.StandIns(search);
        var text = new StringBuilder("# Written by the program ").Append(program);
        if (search.Objective is DelegateDefinition given)
        {
            search = search with { Objective = given with { Program = program } };
            text.Append(": trials are evaluated by a function in it, and only it can go on with this campaign");
        }

        text.Append(".\n");
        foreach (var (name, value) in SearchTable.File.Texts(search))
            text.Append(name).Append(value.StartsWith('\n') ? ":" : ": ").Append(value).Append('\n');
        return text.ToString();
    }
}
