using HyperSearch.Hosting.Journals;
using HyperSearch.Planning;

namespace HyperSearch.Hosting.Execution;

/// <summary>Watches a campaign from inside its process. An observer never disturbs: an exception of its is logged and dropped.</summary>
/// <remarks>Called from one thread at a time; it must return quickly, because acknowledging outcomes waits for it.</remarks>
public interface ICampaignObserver
{
    /// <summary>The session begins. Default: nothing is done.</summary>
    void OnStarted(CampaignProgress progress)
    {
    }

    /// <summary>An outcome is on disk.</summary>
    void OnOutcome(Outcome outcome, CampaignProgress progress);

    /// <summary>Workers on other machines joined or left, or the number of slots changed, and that is on disk. Default: nothing is
    /// done.</summary>
    void OnEvent(CampaignEvent entry, CampaignProgress progress)
    {
    }

    /// <summary>Every outcome is on disk, so the ranking stands, and the winner is judged next. Not told where nothing is judged.
    /// Default: nothing is done.</summary>
    void OnRanked(CampaignProgress progress)
    {
    }

    /// <summary>A network is trained by which the winner is judged, after the last outcome: <see cref="CampaignProgress.Judging"/> says how
    /// many are left. Default: nothing is done.</summary>
    void OnJudging(CampaignProgress progress)
    {
    }

    /// <summary>The session is over; outcomes that were not yet acknowledged will be run again. Default: nothing is done.</summary>
    void OnEnded(CampaignEnding ending)
    {
    }
}
