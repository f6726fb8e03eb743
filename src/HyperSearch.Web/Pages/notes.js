// Tags and a note of a campaign, which a person writes in a dialog.
const sheet = place("notes"), inSheet = sheet.querySelector("form").elements;
let writing = null;
const writeNotes = (campaign, notes, afterwards) => {
  writing = { campaign, before: { tags: notes.tags, note: notes.note ?? "" }, afterwards };
  setText("notesof", `Tags and note of ${campaign}`);
  inSheet.tags.value = writing.before.tags.join(", ");
  inSheet.note.value = writing.before.note;
  setText("notessaid", notes.fault ?? "");
  sheet.showModal();
};
place("notesclose").addEventListener("click", () => sheet.close());
sheet.querySelector("form").addEventListener("submit", async event => {
  event.preventDefault();
  const tags = [...new Set(inSheet.tags.value.split(",").map(tag => tag.trim()).filter(Boolean))];
  const answer = await change(`/c/${encodeURIComponent(writing.campaign)}/notes`, { tags, note: inSheet.note.value.trim(), before: writing.before });
  setText("notessaid", answer.done ? "" : answer.said);
  if (!answer.done) return;
  sheet.close();
  writing.afterwards();
});
const notesAsParts = ({ tags, note }, choose) => {
  const parts = tags.map(tag => {
    const chip = choose ? element("button", tag, { type: "button", class: "tag", title: `Only campaigns with the tag ${tag}` }) : element("span", tag, { class: "tag" });
    if (choose) chip.addEventListener("click", () => choose(tag));
    return chip;
  });
  if (note) parts.push(element("span", note, { class: "note" }));
  return parts;
};
