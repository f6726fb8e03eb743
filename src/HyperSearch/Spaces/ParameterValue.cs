using System.Text.Json.Serialization;

namespace HyperSearch.Spaces;

/// <summary>One value of a parameter: a number, a word or a Boolean.</summary>
/// <remarks>Immutable; equality is by kind and value. <c>default</c> is the number 0. Integers are numbers without a fraction. As JSON it
/// is a number, a string or a Boolean.</remarks>
[JsonConverter(typeof(ParameterValueConverter))]
public readonly record struct ParameterValue
{
    private static readonly object Boolean = new();
    private readonly double _number;
    private readonly object? _kind; // the word itself, or Boolean: large campaigns hold millions of values

    /// <summary>Makes a number.</summary>
    public ParameterValue(double number) => _number = number;

    /// <summary>Makes a word.</summary>
    public ParameterValue(string word) => _kind = word ?? throw new ArgumentNullException(nameof(word));

    /// <summary>Makes a Boolean.</summary>
    public ParameterValue(bool boolean) => (_kind, _number) = (Boolean, boolean ? 1 : 0);

    /// <summary>Whether this is a number.</summary>
    public bool IsNumber => _kind is null;

    /// <summary>Whether this is a word.</summary>
    public bool IsWord => _kind is string;

    /// <summary>Whether this is a Boolean.</summary>
    public bool IsBoolean => _kind == Boolean;

    /// <summary>The number.</summary>
    /// <exception cref="InvalidOperationException">This is not a number.</exception>
    public double Number => IsNumber ? _number : throw new InvalidOperationException($"'{this}' is not a number.");

    /// <summary>The value as the type that carries it: <see cref="double"/>, <see cref="string"/> or <see cref="bool"/>.</summary>
    public object Boxed => _kind is string word ? word : IsBoolean ? _number != 0 : _number;

    /// <summary>A number as a value.</summary>
    public static implicit operator ParameterValue(double number) => new(number);

    /// <summary>A word as a value.</summary>
    public static implicit operator ParameterValue(string word) => new(word);

    /// <summary>A Boolean as a value.</summary>
    public static implicit operator ParameterValue(bool boolean) => new(boolean);

    /// <summary>The value as search files have it, in the invariant culture: the shortest digits that read back exactly (<c>0.01</c>,
    /// <c>1e-7</c>, <c>64</c>), <c>true</c>, or the word itself.</summary>
    public override string ToString() => _kind as string ?? (IsBoolean ? (_number != 0 ? "true" : "false") : NumberText.Of(_number));
}
