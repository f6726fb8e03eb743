// What every page has: its colours, the switch between dark and light, pictures that grow, numbers in words.
const root = document.documentElement;
const colour = name => getComputedStyle(root).getPropertyValue(name).trim();
const views = []; // each has matched(), pointed() and themed()
const tell = what => { for (const view of views) view[what]?.(); };

document.getElementById("theme").addEventListener("click", () => {
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  tell("themed");
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => tell("themed"));

for (const picture of document.querySelectorAll(".plot, figure img")) picture.addEventListener("click", () => picture.classList.toggle("large"));

const number = value => Number.isInteger(value) ? String(value)
  : Math.abs(value) < 1e-3 || Math.abs(value) >= 1e7 ? Number(value.toPrecision(3)).toExponential().replace("e+", "e") : String(Number(value.toPrecision(4)));
const show = value => value === null ? "" : typeof value === "number" ? number(value) : value;
