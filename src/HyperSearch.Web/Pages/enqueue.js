// A configuration to enqueue, and wishes in general: what a person asks of the campaign's owner, whose answer stands below.
const campaignBase = location.pathname.replace(/\/t\/\d+$/, "");
const wish = async words => {
  setText("said", "…");
  const answer = await change(`${campaignBase}/wishes`, words);
  setText("said", answer.said);
  return answer.done;
};
const entries = new Map([...place("enqueue").querySelectorAll("[name]")].map(field => [field.name, field])); // by name, whatever the name is
const isSame = (given, accepted) => given === accepted || given !== "" && Number(given) === Number(accepted);
const plays = field => JSON.parse(field.closest("label").dataset.when ?? "[]").every(([name, accepted]) => {
  const other = entries.get(name);
  return !other || plays(other) && (other.value.trim() === "" || accepted.some(value => isSame(other.value.trim(), value)));
});
const conditions = () => { for (const field of entries.values()) field.closest("label").hidden = !plays(field); };
const literal = field => {
  const text = field.value.trim();
  return field.tagName === "SELECT" || Number.isFinite(Number(text)) ? text : JSON.stringify(text);
};
const prefill = point => {
  for (const [name, field] of entries) field.value = point[name] ?? "";
  conditions();
};
place("enqueue").addEventListener("input", conditions);
place("enqueue").addEventListener("reset", () => setTimeout(conditions));
place("enqueue").addEventListener("submit", async event => {
  event.preventDefault();
  const given = [...entries].filter(([, field]) => plays(field) && field.value.trim());
  if (!given.length) { setText("said", "Give at least one value."); return; }
  if (await wish({ what: "Enqueue", point: `{${given.map(([name, field]) => `${JSON.stringify(name)}: ${literal(field)}`).join(", ")}}` })) event.target.reset();
});
conditions();
