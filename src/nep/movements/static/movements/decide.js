// Keys of the page on which evidence is decided: N accepts, T returns, K goes on.

import { isTyping } from "../ui/js/shortcuts.js";

const ACTS = { n: "#nhan", t: "a[href$='/tra-lai/']", k: ".nep-button-quiet[href*='/minh-chung/']" };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  const act = document.querySelector(`[data-nep-decide] ${ACTS[event.key.toLowerCase()] ?? "none"}`);
  if (!act) return;
  event.preventDefault();
  act.click();
});
