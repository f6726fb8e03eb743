namespace HyperSearch.Hosting.Stores;

/// <summary>A job in flight.</summary>
/// <param name="Job">The job's number.</param>
/// <param name="Trial">The trial's number.</param>
/// <param name="Epoch">The last epoch that it reported; the job's first when it has not reported.</param>
/// <param name="ToEpochs">Epochs that it is planned to end at.</param>
/// <param name="Worker">Which worker runs it, from 0; <c>null</c> while it waits for one.</param>
public sealed record LiveJob(int Job, int Trial, int Epoch, int ToEpochs, int? Worker);
