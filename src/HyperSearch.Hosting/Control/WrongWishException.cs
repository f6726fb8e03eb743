namespace HyperSearch.Hosting.Control;

/// <summary>A wish that is wrong in itself, whenever it is made.</summary>
/// <param name="message">What is wrong, and what would be right.</param>
internal sealed class WrongWishException(string message) : Exception(message);
