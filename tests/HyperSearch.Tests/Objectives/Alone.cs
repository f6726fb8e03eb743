namespace HyperSearch.Tests.Objectives;

/// <summary>Tests that measure the whole process, and so run beside no others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
