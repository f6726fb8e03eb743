using HyperSearch.Spaces;

namespace HyperSearch.Planning;

/// <summary>One configuration's share of a training that several had in turn, as those of a trial's ancestors under <c>pbt</c>.</summary>
/// <param name="Trial">The trial of that configuration.</param>
/// <param name="Point">The configuration.</param>
/// <param name="ToEpochs">The epochs trained in all when the next one took over.</param>
public sealed record Stretch(int Trial, Point Point, int ToEpochs);
