// Campaigns side by side: those that the address names, asked for again while somebody looks, because some may run.
const wanted = new URLSearchParams(location.search).getAll("campaign");
const chosen = new URLSearchParams(wanted.map(name => ["campaign", name])).toString();
const picture = place("figure-compared");
for (const format of ["svg", "png"]) {
  place(format).href = `/compare.${format}?${chosen}`;
  place(format).download = `compared.${format}`;
}
let told = "";
const present = compared => {
  setText("lead", `By ${compared.maximize ? "the most" : "the least"} ${compared.metric}.`);
  setText("warning", compared.warning ?? "");
  place("warning").hidden = !compared.warning;
  place("pairs").replaceChildren(...compared.pairs.filter(pair => pair.sentence).map(pair => element("p", pair.sentence)));
  headTable(place("grouped"), ["runs of the same search", "campaigns", `median ${compared.metric}`, "best", "worst", "trials"]);
  fillTable(place("grouped"), compared.groups.map(group => {
    const names = element("span");
    group.campaigns.forEach(({ campaign, best }, i) => names.append(i ? ", " : "", link(`/c/${encodeURIComponent(campaign)}`, campaign), ` (${best === null ? "no value" : number(best)})`));
    return [group.name, names, show(group.median), show(group.best), show(group.worst), String(group.trials)];
  }));
  place("groups").hidden = false;
  const image = new Image();
  image.alt = "The best so far of each campaign against the number of trials";
  image.addEventListener("load", () => picture.querySelector(".frame").replaceChildren(image));
  image.src = `/compare.svg?${chosen}&of=${compared.groups.map(group => group.trials).join("-")}`;
  picture.hidden = false;
};
const refresh = async () => {
  if (document.hidden) return;
  try {
    const compared = await ask(`/api/compare?${chosen}`);
    complain(null);
    const said = JSON.stringify(compared);
    if (said !== told) present(compared);
    told = said;
  } catch (fault) {
    complain(fault instanceof TypeError ? "The server does not answer; trying again." : fault.message);
  }
};
addEventListener("visibilitychange", refresh);
setInterval(refresh, 5000);
refresh();
