using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using HyperSearch.Planning;

namespace HyperSearch.Hosting.Journals;

/// <content>What was measured: the learning curve, how the leaders did row by row, how large the networks' signals were.</content>
internal sealed partial class JobDecoder
{
    private static RowErrors ReadRows(ref Utf8JsonReader json)
    {
        var (count, isShare) = (0, false);
        ImmutableArray<byte> bytes = [];
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var (isCount, isWrong, isLosses) =
                (json.ValueTextEquals("count"u8), json.ValueTextEquals("wrong"u8), json.ValueTextEquals("losses"u8));
            json.Read();
            if (isCount)
                count = json.GetInt32();
            else if (isWrong || isLosses)
                (isShare, bytes) = (isWrong, ImmutableCollectionsMarshal.AsImmutableArray(json.GetBytesFromBase64()));
            else
                json.Skip();
        }

        return new RowErrors(count, isShare, bytes);
    }

    private SignalNorms ReadSignals(ref Utf8JsonReader json)
    {
        var signals = new SignalNorms(0, [], []);
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = _names.Of(ref json);
            json.Read();
            signals = name switch
            {
                "epoch" => signals with { Epoch = json.GetInt32() },
                "activations" => signals with { Activations = ReadNumbers(ref json) },
                "gradients" => signals with { Gradients = ReadNumbers(ref json) },
                _ => Skipped(ref json, signals),
            };
        }

        return signals;
    }

    private LearningCurve ReadCurve(ref Utf8JsonReader json)
    {
        ImmutableArray<int> epochs = [];
        var columns = ImmutableSortedDictionary.CreateBuilder<string, ImmutableArray<double>>(StringComparer.Ordinal);
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var (isEpochs, isColumns) = (json.ValueTextEquals("epochs"u8), json.ValueTextEquals("columns"u8));
            json.Read();
            if (isEpochs)
            {
                epochs = json.TokenType == JsonTokenType.StartArray ? ReadIntegers(ref json) : ReadConsecutive(ref json);
                continue;
            }

            if (!isColumns || curves is not null)
            {
                json.Skip();
                continue;
            }

            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var name = _names.Of(ref json);
                json.Read();
                columns.Add(name, ReadNumbers(ref json));
            }
        }

        return curves is null ? new LearningCurve(epochs, columns.ToImmutable()) : new LearningCurve(epochs, curves, _place);
    }

    private readonly Dictionary<(int First, int Count), ImmutableArray<int>> _runs = []; // as many as there are rungs, as a rule
    private const int MostRuns = 256;

    private ImmutableArray<int> ReadConsecutive(ref Utf8JsonReader json)
    {
        int first = 0, count = 0;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isFirst = json.ValueTextEquals("first"u8);
            json.Read();
            (isFirst ? ref first : ref count) = json.GetInt32();
        }

        if (_runs.TryGetValue((first, count), out var known))
            return known;
        ImmutableArray<int> run = [.. Enumerable.Range(first, count)];
        if (_runs.Count < MostRuns)
            _runs.Add((first, count), run);
        return run;
    }
}
