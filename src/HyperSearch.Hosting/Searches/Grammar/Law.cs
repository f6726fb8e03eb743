namespace HyperSearch.Hosting.Searches.Grammar;

/// <summary>The sentence of an argument exception, without the parameter's name and value that .NET appends.</summary>
internal static class Law
{
    /// <summary>What the one who threw has said.</summary>
    public static string Of(ArgumentException refusal)
    {
        var message = refusal.Message;
        var appended = refusal.ParamName is null ? -1 : message.IndexOf($" (Parameter '{refusal.ParamName}')", StringComparison.Ordinal);
        return appended < 0 ? message : message[..appended];
    }
}
