namespace HyperSearch.Plots.Drawing;

/// <summary>Chooses the two hyperparameters of a picture with two axes.</summary>
internal static class ParameterPair
{
    /// <summary>Those named, else the most important, else the first; <c>null</c> when there are not two.</summary>
    /// <exception cref="ArgumentException">A name is not one of a searched parameter.</exception>
    public static (ParameterAxis X, ParameterAxis Y)? Choose(Facts facts, string? x, string? y)
    {
        var searched = facts.Snapshot.Search.Space.Searched;
        foreach (var name in new[] { x, y })
        {
            if (name is not null && searched.All(parameter => parameter.Name != name))
                throw new ArgumentException($"A plane's axes are hyperparameters that are searched, but \"{name}\" is not one. Searched: {string.Join(", ", searched.Select(parameter => parameter.Name))}.");
        }

        if (searched.Length < 2)
            return null;
        var ranks = Analysis.Importance.Order(facts.Snapshot);
        var order = searched.OrderBy(parameter => !parameter.When.IsEmpty).ThenBy(parameter => ranks.IndexOf(parameter.Name)).ToList();
        var first = order.FirstOrDefault(parameter => parameter.Name == x) ?? order.First(parameter => parameter.Name != y);
        var second = order.FirstOrDefault(parameter => parameter.Name == y) ?? order.First(parameter => parameter != first);
        return (new ParameterAxis(first), new ParameterAxis(second));
    }
}
