namespace HyperSearch.Planning;

/// <summary>
/// Another number of slots from some job on: more workers joined a campaign whose search lets the slots follow the workers
/// (<see cref="SearchSettings.AutoSlots"/>). Earlier decisions stay.
/// </summary>
/// <param name="FromJob">The first job that is decided under it.</param>
/// <param name="Slots">How many slots.</param>
public sealed record SlotChange(int FromJob, int Slots);
