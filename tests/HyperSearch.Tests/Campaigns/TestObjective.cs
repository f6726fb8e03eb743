using HyperSearch.Objectives;

namespace HyperSearch.Tests.Campaigns;

internal sealed record TestObjective : ObjectiveDefinition;
