namespace HyperSearch.Training.Layers;

/// <summary>The variance of a new weight, which keeps signals from vanishing or exploding; n is the layer's number of inputs.</summary>
public enum Initialization
{
    /// <summary>2/n, for rectifiers. He et al., Delving Deep into Rectifiers, ICCV (2015).</summary>
    He,

    /// <summary>1/n, for tanh and sigmoid. Glorot and Bengio, AISTATS (2010), in the course's form.</summary>
    Xavier,
}
