namespace HyperSearch.Cli.Commands;

/// <summary>Marks a reading verb whose output is a document of another format already, so that it has no <c>--json</c>.</summary>
internal interface IDocumentVerb;
