using System.Text.Json.Serialization;

namespace HyperSearch.Training.Data;

/// <summary>One column of raw data and the network inputs that it becomes.</summary>
public sealed record InputColumn
{
    /// <summary>The column's name; new rows are matched by it.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// The categories of a text column; each is one input (1 where the row has it, else 0); null for a column of numbers.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Categories { get; init; }

    /// <summary>
    /// This offset is taken off the numbers before they are rounded to single precision, for numbers that it cannot tell apart; null takes
    /// nothing off.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Origin { get; init; }

    /// <summary>
    /// This number stands in for a missing one, as its distance from <see cref="Origin"/>: the training rows' mean or mode; null when
    /// missing values are refused.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public float? FillNumber { get; init; }

    /// <summary>
    /// This category stands in for a missing one: the training rows' most frequent one; null when missing values are refused.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? FillCategory { get; init; }

    /// <summary>Whether the training file wrote its numbers with decimal commas, so that 1,304 in new rows is no thousand. Default
    /// false.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool HasDecimalCommas { get; init; }

    /// <summary>
    /// A number as the network sees it before normalization: its distance from <see cref="Origin"/>, in single precision.
    /// </summary>
    /// <param name="number">A number of the column, in its unit.</param>
    public float Rounded(double number) => (float)(Origin is { } origin ? number - origin : number);

    /// <summary>Number of network inputs: 1, or one for each category.</summary>
    [JsonIgnore]
    public int Width => Categories?.Count ?? 1;

    /// <summary>Names of the network inputs: the column's, or <c>column=category</c> for each category.</summary>
    [JsonIgnore]
    public IEnumerable<string> InputNames => Categories is null ? [Name] : Categories.Select(category => $"{Name}={category}");
}
