using HyperSearch.Hosting.Searches.Binding;
using HyperSearch.Plots.Report;
using HyperSearch.Spaces;

namespace HyperSearch.Web.Pages;

/// <summary>The form of a configuration, made from the space; its script hides what plays no part by the conditions.</summary>
internal static class EnqueueForm
{
    /// <summary>A scale with at most so many values is a list to choose from.</summary>
    private const int MostListed = 24;

    /// <summary>Writes the form.</summary>
    public static Html Enqueue(this Html html, Space space)
    {
        html.Raw("<form id=\"enqueue\"><p>The next trial that starts has it. What is left open is drawn from the space.</p>\n"
            + "<div class=\"fields\">\n");
        foreach (var parameter in space.Searched)
            Field(html, parameter);
        return html.Raw("</div>\n<button type=\"submit\">Enqueue</button></form>\n");
    }

    private static void Field(Html html, Parameter parameter)
    {
        html.Raw("<label");
        if (!parameter.When.IsEmpty)
            html.Raw(" data-when=\"").Text(JsonText(parameter.When)).Raw("\"");
        html.Raw(">").Text(parameter.Name).Raw(" <span class=\"muted\">").Text(parameter.Scale.Describe()
            + (parameter.When.IsEmpty ? "" : $", when {SpaceBinder.Describe(parameter.When)}")).Raw("</span>");
        if (parameter.Scale.Count is { } values and <= MostListed)
        {
            html.Raw("<select name=\"").Text(parameter.Name).Raw("\"><option value=\"\">drawn from the space</option>");
            foreach (var value in Enumerable.Range(0, (int)values).Select(cell => parameter.Scale.At((cell + 0.5) / values)))
                html.Raw("<option value=\"").Text(SpaceText.Value(value)).Raw("\">").Text(value.ToString()).Raw("</option>");
            html.Raw("</select></label>\n");
        }
        else
        {
            html.Raw("<input type=\"text\" inputmode=\"decimal\" autocomplete=\"off\" name=\"").Text(parameter.Name).Raw("\"></label>\n");
        }
    }

    /// <summary>Conditions as pairs of a parameter and the values that it may have, written as the form's own.</summary>
    private static string JsonText(IEnumerable<Condition> conditions) => Following.JsonText.Of(json =>
    {
        json.WriteStartArray();
        foreach (var (other, accepted) in conditions.Select(condition => (condition.Parameter, condition.Accepted)))
        {
            json.WriteStartArray();
            json.WriteStringValue(other);
            json.WriteStartArray();
            foreach (var value in accepted)
                json.WriteStringValue(SpaceText.Value(value));
            json.WriteEndArray();
            json.WriteEndArray();
        }

        json.WriteEndArray();
    });
}
