using System.Collections.Immutable;
using HyperSearch.Hosting.Journals;
using HyperSearch.Planning;

namespace HyperSearch.Hosting.Campaigns;

/// <summary>The processes that took part in a campaign, and which of them ran each job. Nobody is listed where none ever joined.</summary>
/// <remarks>
/// A worker's number is free again when its process has left, so who had it is told by the order of the records. A process keeps its
/// numbers until another takes them, because its last outcomes may be written after its leaving.
/// </remarks>
internal sealed class Attendance
{
    private readonly List<Participant> _participants = [];
    private readonly Dictionary<string, int> _byName = [];
    private readonly Dictionary<int, WorkerPlace> _holders = []; // by number of the worker
    private readonly Dictionary<JobKey, WorkerPlace> _places = [];
    private (string Machine, int Process) _host;

    /// <summary>The processes, in the order in which they joined.</summary>
    public ImmutableArray<Participant> Participants => [.. _participants];

    /// <summary>The worker of each job, as far as it is known.</summary>
    public IReadOnlyDictionary<JobKey, WorkerPlace> Places => new Dictionary<JobKey, WorkerPlace>(_places);

    /// <summary>Takes note of who comes and goes.</summary>
    public void Observe(CampaignEvent entry)
    {
        switch (entry)
        {
            case SessionStarted session:
                _host = (session.Machine, session.Process);
                _holders.Clear();
                break;
            case WorkerJoined joined:
                Join(joined, isHost: (joined.Machine, joined.Process) == _host);
                break;
            case WorkerLeft left when _byName.TryGetValue(left.Name, out var place) && _participants[place].Name != Participant.Host:
                _participants[place] = _participants[place] with { Left = left.Reason };
                break;
        }
    }

    /// <summary>Takes note of who ran a job.</summary>
    public void Observe(Outcome outcome)
    {
        if (_participants.Count == 0)
            return;
        if (!_holders.TryGetValue(outcome.Worker, out var holder))
            return; // a session without workers elsewhere
        _places[outcome.Key] = holder;
        _participants[holder.Participant] = _participants[holder.Participant] with { Jobs = _participants[holder.Participant].Jobs + 1 };
    }

    private void Join(WorkerJoined joined, bool isHost)
    {
        var name = isHost ? Participant.Host : joined.Name;
        if (!_byName.TryGetValue(name, out var place))
        {
            _byName[name] = place = _participants.Count;
            var shown = isHost ? Participant.Host : Participant.NameOf(joined.Machine, joined.Process);
            _participants.Add(new Participant(shown, joined.Slots));
        }

        var known = _participants[place];
        _participants[place] = known with { Slots = Math.Max(known.Slots, joined.Slots), Left = null };
        for (var slot = 0; slot < joined.Slots; slot++)
            _holders[joined.First + slot] = new WorkerPlace(place, slot);
    }
}
