using HyperSearch.Planning;

namespace HyperSearch.Tests.Campaigns;

internal sealed record TestObjective : ObjectiveDefinition;
