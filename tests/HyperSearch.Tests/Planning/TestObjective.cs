using HyperSearch.Planning;

namespace HyperSearch.Tests.Planning;

internal sealed record TestObjective : ObjectiveDefinition;
