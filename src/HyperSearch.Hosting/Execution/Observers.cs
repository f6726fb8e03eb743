using System.Collections.Immutable;
using HyperSearch.Hosting.Journals;
using HyperSearch.Planning;
using Microsoft.Extensions.Logging;

namespace HyperSearch.Hosting.Execution;

/// <summary>Tells every observer, and lets none disturb: a failure is logged and dropped.</summary>
internal sealed class Observers(ImmutableArray<ICampaignObserver> observers, ILogger logger)
{
    public void Started(CampaignProgress progress) => Tell(observer => observer.OnStarted(progress));

    public void Acknowledged(Outcome outcome, CampaignProgress progress) => Tell(observer => observer.OnOutcome(outcome, progress));

    public void Happened(CampaignEvent entry, CampaignProgress progress) => Tell(observer => observer.OnEvent(entry, progress));

    public void Ranked(CampaignProgress progress) => Tell(observer => observer.OnRanked(progress));

    public void Judging(CampaignProgress progress) => Tell(observer => observer.OnJudging(progress));

    public void Ended(CampaignEnding ending) => Tell(observer => observer.OnEnded(ending));

    private void Tell(Action<ICampaignObserver> tell)
    {
        foreach (var observer in observers)
        {
            try
            {
                tell(observer);
            }
#pragma warning disable CA1031 // The failure policy for observers: logged, and training goes on.
            catch (Exception exception)
#pragma warning restore CA1031 // End of the policy.
            {
                Log.ObserverFailed(logger, observer.GetType().Name, exception);
            }
        }
    }
}
