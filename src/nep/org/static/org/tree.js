// The tree opens in place: a branch is fetched once from the address its link has anyway, then folded and unfolded.

const branchOf = (toggle) => document.getElementById(`nhanh-${toggle.dataset.nepBranch}`);

// The link leads to a whole page on which the branch is open, or folded again; a script asks for the branch alone.
function addressOf(toggle) {
  const address = new URL(toggle.href);
  address.hash = "";
  address.searchParams.set("mo", toggle.dataset.nepBranch);
  return address.href;
}

function isPlainClick(event) {
  return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
}

function show(toggle, open) {
  toggle.setAttribute("aria-expanded", String(open));
  branchOf(toggle).hidden = !open;
}

async function turn(toggle, open) {
  const branch = branchOf(toggle);
  if (open && !branch.children.length) {
    toggle.setAttribute("aria-busy", "true");
    await window.htmx.ajax("GET", addressOf(toggle), { target: branch, swap: "innerHTML" });
    toggle.removeAttribute("aria-busy");
    actAsButtons(branch);
    if (!branch.children.length) return;
  }
  show(toggle, open);
}

// Where scripts run the links are buttons: they unfold here and lead nowhere.
function actAsButtons(place) {
  place.querySelectorAll("[data-nep-branch]").forEach((toggle) => toggle.setAttribute("role", "button"));
}

async function more(link) {
  const item = link.closest("li");
  const level = item.parentElement;
  const last = item.previousElementSibling;
  await window.htmx.ajax("GET", link.href, { target: item, swap: "outerHTML" });
  actAsButtons(level);
  last?.nextElementSibling?.querySelector("a")?.focus();
}

document.addEventListener("click", (event) => {
  if (!isPlainClick(event) || !window.htmx) return;
  const toggle = event.target.closest("[data-nep-branch]");
  const link = event.target.closest("[data-nep-more]");
  if (!toggle && !link) return;
  event.preventDefault();
  if (toggle) turn(toggle, toggle.getAttribute("aria-expanded") !== "true");
  else more(link);
});

document.addEventListener("keydown", (event) => {
  const toggle = event.target.closest?.("[data-nep-branch]");
  if (!toggle) return;
  const open = toggle.getAttribute("aria-expanded") === "true";
  const wanted = { ArrowRight: true, ArrowLeft: false, " ": !open }[event.key];
  if (wanted === undefined) return;
  event.preventDefault();
  if (wanted !== open) turn(toggle, wanted);
});

actAsButtons(document);
