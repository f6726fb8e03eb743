namespace HyperSearch.Analysis;

/// <summary>Bias and variance of one trial.</summary>
/// <param name="Trial">Its number.</param>
/// <param name="TrainError">On the training set; where it was confirmed, the mean of its repeats.</param>
/// <param name="DevError">On the dev set.</param>
/// <param name="AvoidableBias">Train error − base error.</param>
/// <param name="Variance">Dev error − train error.</param>
public sealed record TrialFit(int Trial, double TrainError, double DevError, double AvoidableBias, double Variance);
