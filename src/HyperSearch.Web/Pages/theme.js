// Before anything is drawn: the choice between dark and light that this reader made on another page of this server.
const chosen = localStorage.getItem("theme");
if (chosen === "dark" || chosen === "light") document.documentElement.dataset.theme = chosen;
