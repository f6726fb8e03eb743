using System.Collections.Immutable;
using System.Text;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Searches.Binding;
using HyperSearch.Hosting.Searches.Yaml;
using HyperSearch.Numerics;
using HyperSearch.Planning;

namespace HyperSearch.Hosting.Searches;

/// <summary>Reads search files. Every error of a file is reported at once, with its line, its column and a way out.</summary>
public static class SearchFile
{
    private const int LargestBytes = 4 << 20;

    /// <summary>Reads a search file. Where it has mistakes, its data are looked at too, so that all mistakes are told at once.</summary>
    /// <param name="path">The file.</param>
    /// <param name="baseFolder">The folder that relative paths in the file start from; <c>null</c> (the default) for the folder of the
    /// file.</param>
    /// <exception cref="SearchFileException">The file cannot be read or does not validate.</exception>
    public static Search Read(string path, string? baseFolder = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Read(Load(path), path, baseFolder ?? Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>The same of a text that was read already.</summary>
    internal static Search Read(string text, string path, string baseFolder) => Parse(text, path, baseFolder, looksAtData: true);

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
        try
        {
            return Bind(text, fileName, baseFolder, problems, looksAtData) ?? throw Refuse(problems, fileName, []);
        }
        catch (TooManyProblemsException)
        {
            throw Refuse(problems, fileName, [new SearchFileError(fileName, 0, 0,
                $"the file has more than {Problems.Most} mistakes; these are the first that were found.")]);
        }
    }

    private static Search? Bind(string text, string fileName, string baseFolder, Problems problems, bool looksAtData)
    {
        if (YamlText.Read(text, problems) is not { } root)
            return null;
        SearchTable.Shape.Check(root, problems);
        return root is MapNode map
            ? new SearchBinder(map, fileName, Path.GetFullPath(baseFolder), problems, looksAtData).Bind() : null;
    }

    private static SearchFileException Refuse(Problems problems, string fileName, ImmutableArray<SearchFileError> more) =>
        new([.. problems.InOrder.Select(problem =>
            new SearchFileError(fileName, problem.Mark.Line, problem.Mark.Column, problem.Message)), .. more]);

    /// <summary>The folder that relative paths in a search's file start from; <c>null</c> where it has none.</summary>
    internal static string? FolderOf(Search search) => search.Objective switch
    {
        TrainingDefinition training => training.Data.Folder,
        CommandDefinition command => command.WorkingDirectory,
        _ => null,
    };

    /// <summary>The text of a search file, read once: a file may be a pipe.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="SearchFileException">The file cannot be read.</exception>
    internal static string Load(string path)
    {
        try
        {
            if (Directory.Exists(path))
                throw Refuse(path, "this is a folder. Name a search file, such as searches/digits.yaml.");
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[LargestBytes + 1]; // whatever the length says: a device has none and never ends
            var count = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (count > LargestBytes)
                throw Refuse(path, "this is larger than any search file (4 MiB). Is it the data? Name the search file.");
            using var text = new StreamReader(new MemoryStream(bytes, 0, count),
                new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
            return text.ReadToEnd();
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
