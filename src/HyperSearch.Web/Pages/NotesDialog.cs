using HyperSearch.Hosting.Stores;
using HyperSearch.Plots.Report;

namespace HyperSearch.Web.Pages;

/// <summary>Where a person writes about a campaign; a script opens it.</summary>
internal static class NotesDialog
{
    /// <summary>Writes the dialog.</summary>
    public static Html Notes(this Html html) => html.Raw($"""
        <dialog id="notes" aria-labelledby="notesof">
        <form>
        <h2 id="notesof">Tags and note</h2>
        <label>Tags, with commas between <input name="tags" type="text" autocomplete="off" spellcheck="false"></label>
        <label>Note <textarea name="note" rows="6" maxlength="{CampaignNotes.LongestNote}"></textarea></label>
        <p id="notessaid" role="alert"></p>
        <div class="bar"><button type="submit">Keep</button> <button type="button" id="notesclose">Cancel</button></div>
        </form>
        </dialog>

        """);
}
