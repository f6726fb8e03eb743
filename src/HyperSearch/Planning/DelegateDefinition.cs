namespace HyperSearch.Planning;

/// <summary>An objective given in code; a search file cannot say it.</summary>
public sealed record DelegateDefinition : ObjectiveDefinition;
