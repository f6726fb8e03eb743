using HyperSearch.Analysis;
using HyperSearch.Hosting.Journals;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;

namespace HyperSearch.Hosting.Campaigns;

/// <summary>Reads every whole record of a journal and says what is wrong with them.</summary>
internal sealed class JournalCheckup
{
    private readonly CampaignFolder _folder;
    private readonly JournalSurvey _survey;
    private readonly List<Finding> _senseless = [];
    private readonly List<JobKey> _twice = [];
    private readonly HashSet<JobKey> _jobs = [];
    private bool _created;

    /// <summary>Reads a journal.</summary>
    public JournalCheckup(CampaignFolder folder, JournalSurvey survey)
    {
        (_folder, _survey) = (folder, survey);
        using var journal = new JournalReader(folder.JournalPath, anyHeader: true);
        var decoder = new JobDecoder();
        foreach (var offset in survey.Records)
        {
            if (journal.TryAt(offset, out var bytes))
                Read(JournalFormat.Open(bytes, offset), decoder);
        }
    }

    /// <summary>How many outcomes there are.</summary>
    public int Outcomes { get; private set; }

    /// <summary>The trials that have an outcome.</summary>
    public HashSet<int> Trials { get; } = [];

    /// <summary>Whether its trials are trained by the built-in trainer, so that the checkpoints are ours.</summary>
    public bool HasOwnTrainer { get; private set; }

    /// <summary>The text of the search file as the campaign began; empty where the journal does not have it.</summary>
    public string SearchText { get; private set; } = "";

    /// <summary>How many trials were asked for; <c>null</c> before the first session.</summary>
    public int? Planned { get; private set; }

    /// <summary>The last verdict on the winner; <c>null</c> before there is one.</summary>
    public Verdict? Verdict { get; private set; }

    /// <summary>Whether enough is whole to write the journal anew.</summary>
    public bool CanBeRewritten => WhyNot is null;

    /// <summary>Why it cannot be written anew; <c>null</c> when it can.</summary>
    public string? WhyNot => !_created
        ? "the record of how the campaign was created is lost. Run the search anew."
        : _survey.HeaderFault?.Contains("newer", StringComparison.Ordinal) == true ? _survey.HeaderFault + "." : null;

    /// <summary>The faults of the journal.</summary>
    public IEnumerable<Finding> Findings()
    {
        if (_survey.HeaderFault is { } fault)
            yield return new Finding(FindingSeverity.Error, $"The journal cannot be read: {fault}.", CanBeRewritten);
        if (!_created)
            yield return new Finding(FindingSeverity.Error,
                "The journal does not hold how the campaign was created; nothing can be resumed. Run the search anew.", false);
        foreach (var (from, to) in _survey.Holes)
            yield return new Finding(FindingSeverity.Error,
                $"The journal is damaged from offset {from} to {to}; the outcomes acknowledged there are lost, and "
                + "their jobs run again after a repair.",
                CanBeRewritten);
        foreach (var finding in _senseless)
            yield return finding;
        foreach (var job in _twice)
            yield return new Finding(FindingSeverity.Error, $"There is more than one outcome of {job}.", false);
        if (_survey.Length > _survey.End)
            yield return new Finding(FindingSeverity.Note,
                $"At the end of the journal {Figures.Count(_survey.Length - _survey.End, "byte is", "bytes are")} no whole record (a " +
                "write is under way or was cut short); the next resume cuts them off.", false);
        yield return new Finding(FindingSeverity.Note,
            $"The journal \"{_folder.JournalPath}\" holds {Figures.Count(_survey.Records.Length, "whole record")}: " +
            $"{Figures.Count(Outcomes, "outcome")} of {Figures.Count(Trials.Count, "trial")}.", false);
    }

    private void Read(JournalRecord record, JobDecoder decoder)
    {
        try
        {
            if (record.Kind == RecordKind.Outcome)
                Observe(decoder.Read(record));
            else
                Observe(JournalEvents.Read(record));
        }
        catch (StoreException fault)
        {
            _senseless.Add(new Finding(FindingSeverity.Error, fault.Message, false));
        }
    }

    private void Observe(Outcome outcome)
    {
        Outcomes++;
        Trials.Add(outcome.Trial);
        if (!_jobs.Add(outcome.Key))
            _twice.Add(outcome.Key);
        if (outcome.Trial >= Planned)
            _senseless.Add(new Finding(FindingSeverity.Error,
                $"There is an outcome of trial {outcome.Trial}, but only {Planned} trials were asked for.", false));
    }

    private void Observe(CampaignEvent entry)
    {
        if (entry is CampaignCreated created)
            (_created, SearchText) = (true, created.SearchText);
        HasOwnTrainer |= entry is CampaignCreated { DataFingerprint: not null };
        if (entry is WinnerJudged judged)
            Verdict = judged.Verdict;
        if (entry is SessionStarted { Trials: var asked })
            Planned = Math.Max(Planned ?? 0, asked);
        if (entry is TrialsChanged { Trials: var more })
            Planned = Math.Max(Planned ?? 0, more);
    }
}
