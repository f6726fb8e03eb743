namespace HyperSearch.Cluster.Files;

/// <summary>The host has no campaign open: it has begun anew a moment ago, or ends. Whoever asked may ask again.</summary>
[GenerateSerializer, Alias("hypersearch.NoCampaignException")]
internal sealed class NoCampaignException() : Exception("The host has no campaign open at this moment.");
