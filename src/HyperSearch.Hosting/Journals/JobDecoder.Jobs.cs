using System.Collections.Immutable;
using System.Text.Json;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Schedules;
using HyperSearch.Spaces;

namespace HyperSearch.Hosting.Journals;

/// <content>Jobs, as workers on other machines are sent them.</content>
internal sealed partial class JobDecoder
{
    private Job Parse(ReadOnlySpan<byte> payload)
    {
        var json = new Utf8JsonReader(payload);
        var (number, trial, repeat, fromEpochs, toEpochs, seed) = (0, 0, 0, 0, 0, 0UL);
        Point? point = null;
        Origin? origin = null;
        StopRule? stop = null;
        int? parent = null;
        ImmutableArray<Stretch> past = [];
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = _names.Of(ref json);
            if (name is not ("point" or "origin" or "stop"))
                json.Read();
            switch (name)
            {
                case "job": number = json.GetInt32(); break;
                case "trial": trial = json.GetInt32(); break;
                case "repeat": repeat = json.GetInt32(); break;
                case "from_epochs": fromEpochs = json.GetInt32(); break;
                case "to_epochs": toEpochs = json.GetInt32(); break;
                case "seed": seed = json.GetUInt64(); break;
                case "parent": parent = json.GetInt32(); break;
                case "past": past = ReadPast(ref json); break;
                case "point": point = ReadPoint(ref json); break;
                case "origin": origin = ReadOrigin(ref json); break;
                case "stop": stop = ReadStop(ref json); break;
                default: json.Skip(); break;
            }
        }

        if (point is null || origin is null)
            throw new FormatException("The bytes are no job: it has no point or no origin.");
        return new Job(number, trial, point, origin, fromEpochs, toEpochs, stop, seed) { Repeat = repeat, Parent = parent, Past = past };
    }

    private ImmutableArray<Stretch> ReadPast(ref Utf8JsonReader json)
    {
        var past = ImmutableArray.CreateBuilder<Stretch>();
        while (json.Read() && json.TokenType == JsonTokenType.StartObject)
        {
            var (trial, toEpochs, point) = (0, 0, (Point?)null);
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var name = _names.Of(ref json);
                if (name != "point")
                    json.Read();
                switch (name)
                {
                    case "trial": trial = json.GetInt32(); break;
                    case "to_epochs": toEpochs = json.GetInt32(); break;
                    case "point": point = ReadPoint(ref json); break;
                    default: json.Skip(); break;
                }
            }

            past.Add(new Stretch(trial, point ?? throw new FormatException("A stretch of the job's past has no point."), toEpochs));
        }

        return past.DrainToImmutable();
    }

    private StopRule ReadStop(ref Utf8JsonReader json)
    {
        var stop = new StopRule([], "");
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = _names.Of(ref json);
            json.Read();
            stop = name switch
            {
                "limit" => stop with { Limit = ReadNumbers(ref json) },
                "reason" => stop with { Reason = json.GetString()! },
                _ => Skipped(ref json, stop),
            };
        }

        return stop;
    }
}
