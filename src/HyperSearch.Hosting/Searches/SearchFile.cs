using System.Text;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Searches.Binding;
using HyperSearch.Hosting.Searches.Grammar;
using HyperSearch.Hosting.Searches.Yaml;
using HyperSearch.Numerics;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Schedules;

namespace HyperSearch.Hosting.Searches;

/// <summary>Reads search files. Every error of a file is reported at once, with its line, its column and a way out.</summary>
public static class SearchFile
{
    private const long LargestBytes = 4 << 20;

    /// <summary>Reads a search file. Where it has mistakes, its data are looked at too, so that all mistakes are told at once.</summary>
    /// <param name="path">The file.</param>
    /// <param name="baseFolder">The folder that relative paths in the file start from; <c>null</c> (the default) for the folder of the
    /// file.</param>
    /// <exception cref="SearchFileException">The file cannot be read or does not validate.</exception>
    public static Search Read(string path, string? baseFolder = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Parse(Load(path), path, baseFolder ?? Path.GetDirectoryName(Path.GetFullPath(path))!, looksAtData: true);
    }

    /// <summary>Reads the text of a search file.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="fileName">The file as messages shall name it; it also names a search that has no name.</param>
    /// <param name="baseFolder">The folder that relative paths in the text start from.</param>
    /// <exception cref="SearchFileException">The text does not validate.</exception>
    public static Search Parse(string text, string fileName, string baseFolder) => Parse(text, fileName, baseFolder, looksAtData: false);

    private static Search Parse(string text, string fileName, string baseFolder, bool looksAtData)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(fileName);
        ArgumentNullException.ThrowIfNull(baseFolder);
        var problems = new Problems();
        Search? search = null;
        if (YamlText.Read(text, problems) is { } root)
        {
            SearchTable.Shape.Check(root, problems);
            if (root is MapNode map)
                search = new SearchBinder(map, fileName, Path.GetFullPath(baseFolder), problems, looksAtData).Bind();
        }

        return search ?? throw new SearchFileException(
            [.. problems.InOrder.Select(problem =>
                new SearchFileError(fileName, problem.Mark.Line, problem.Mark.Column, problem.Message))]);
    }

    /// <summary>Whether a file can name a sampler and a schedule.</summary>
    internal static bool Knows(ISampler sampler, ISchedule schedule) => SearchGrammar.Samplers.Knows(sampler)
        && SearchGrammar.Schedules.Knows(schedule);

    /// <summary>The folder that relative paths in a search's file start from; <c>null</c> where it has none.</summary>
    internal static string? FolderOf(Search search) => search.Objective switch
    {
        TrainingDefinition training => training.Data.Folder,
        CommandDefinition command => command.WorkingDirectory,
        _ => null,
    };

    private static string Load(string path)
    {
        try
        {
            if (Directory.Exists(path))
                throw Refuse(path, "this is a folder. Name a search file, such as searches/digits.yaml.");
            if (new FileInfo(path) is { Exists: true, Length: > LargestBytes })
                throw Refuse(path, "this is larger than any search file (4 MiB). Is it the data? Name the search file.");
            return File.ReadAllText(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
        }
        catch (DecoderFallbackException)
        {
            throw Refuse(path, "this is not UTF-8 text, as a search file is.");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Refuse(path, $"there is no such file.{Neighbour(path)}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refuse(path, $"the file cannot be read: {e.Message}");
        }
    }

    private static string Neighbour(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return Directory.Exists(folder)
            ? Nearest.Hint(Path.GetFileName(path),
                Directory.EnumerateFiles(folder, "*.yaml").Take(1000).Select(file => Path.GetFileName(file)))
            : $" There is no folder \"{Path.GetDirectoryName(path)}\" either.";
    }

    private static SearchFileException Refuse(string path, string message) => new([new SearchFileError(path, 0, 0, message)]);
}
