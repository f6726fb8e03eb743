using System.Collections.Immutable;
using HyperSearch.Samplers;

namespace HyperSearch.Planning;

/// <summary>Folds outcomes into trials as they come, and leaves the trials alone that none of them is of.</summary>
/// <remarks>Not thread-safe.</remarks>
/// <param name="fullBudget">The full budget in epochs: a trial that was never sent that far counts as stopped.</param>
internal sealed class TrialFold(int fullBudget)
{
    private ImmutableArray<Trial> _trials = [];
    private List<Outcome> _orphans = []; // repeats of a trial whose own outcomes were lost, and may come again
    private List<int> _waiting = []; // copies of a trial that is not known yet
    private int _seen;

    /// <summary>The trials, ordered by number.</summary>
    /// <param name="outcomes">Those of the call before and any more, in any order.</param>
    public ImmutableArray<Trial> Of(IReadOnlyCollection<Outcome> outcomes)
    {
        if (outcomes.Count == _seen)
            return _trials;
        var changed = new Dictionary<int, Trial>();
        var repeats = _orphans;
        foreach (var outcome in outcomes.Skip(_seen))
        {
            if (outcome.Repeat > 0)
                repeats.Add(outcome);
            else
                changed[outcome.Trial] = Known(outcome.Trial, changed)?.With(outcome, fullBudget) ?? Trial.Of(outcome, fullBudget);
        }

        _orphans = [];
        foreach (var group in repeats.GroupBy(repeat => repeat.Trial))
        {
            if (Known(group.Key, changed) is { } trial)
                changed[group.Key] = trial.With(group);
            else
                _orphans.AddRange(group);
        }

        Trace(changed);
        _seen = outcomes.Count;
        return _trials = Merged(changed);
    }

    /// <summary>Gives copies the past of the trial that they are copies of, the first ones first.</summary>
    private void Trace(Dictionary<int, Trial> changed)
    {
        var isLate = _waiting.Exists(number => Parent(Known(number, changed)!, changed) is not null); // its own copies lack that past, too
        var others = isLate ? _trials.Where(trial => !changed.ContainsKey(trial.Number)) : [];
        Trial[] copies = [.. others.Concat(changed.Values).Where(trial => trial.Origin.Kind == OriginKind.Copy)
            .OrderBy(trial => trial.Number)];
        _waiting = isLate ? [] : _waiting;
        foreach (var copy in copies)
        {
            if (Parent(copy, changed) is { } parent)
                changed[copy.Number] = copy with { Past = parent.Past.Add(new(parent.Number, parent.Point, copy.Jobs[0].FromEpochs)) };
            else if (!_waiting.Contains(copy.Number))
                _waiting.Add(copy.Number);
        }
    }

    private Trial? Parent(Trial copy, Dictionary<int, Trial> changed) =>
        copy.Origin.Around is [var parent, ..] ? Known(parent, changed) : null;

    private Trial? Known(int number, Dictionary<int, Trial> changed) =>
        changed.TryGetValue(number, out var trial) ? trial : Place(number) is >= 0 and var place ? _trials[place] : null;

    private ImmutableArray<Trial> Merged(Dictionary<int, Trial> changed)
    {
        var trials = _trials.ToBuilder();
        var last = trials.Count == 0 ? -1 : trials[^1].Number;
        foreach (var trial in changed.Values)
        {
            if (Place(trial.Number) is >= 0 and var place)
                trials[place] = trial;
            else
                trials.Add(trial);
        }

        for (var place = _trials.Length; place < trials.Count; place++)
        {
            if (trials[place].Number < last)
            {
                trials.Sort(static (one, other) => one.Number.CompareTo(other.Number));
                break;
            }

            last = trials[place].Number;
        }

        return trials.DrainToImmutable();
    }

    /// <summary>Where a trial stands; negative where it is not there.</summary>
    private int Place(int number)
    {
        var (low, high) = (0, _trials.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (_trials[middle].Number == number)
                return middle;
            (low, high) = _trials[middle].Number < number ? (middle + 1, high) : (low, middle - 1);
        }

        return -1;
    }
}
