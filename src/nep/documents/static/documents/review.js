// The review by keyboard and mouse: moving, lighting both sides, and acts saved at once without leaving the page.
// Without this module every act is a plain form or link of the page.

const REGIONS = ["review-count", "review-sheet", "review-panel", "review-foot"];
const byId = (id) => document.getElementById(id);
const items = () => Array.from(byId("review-panel").querySelectorAll("[data-item]"));

const wide = matchMedia("(min-width: 1200px)"); // the panes scroll by themselves
let current = null; // the id of the item that the keys act on
let saving = Promise.resolve();

function say(words) {
  byId("review-said").textContent = words;
}

function isTyping(target) {
  return target.closest("input:not([type=radio]), textarea, select") !== null;
}

function light(element) {
  const number = element?.dataset.n;
  document.querySelectorAll(".nep-mark-now").forEach((mark) => mark.classList.remove("nep-mark-now", "nep-mark-on"));
  document.querySelectorAll(".nep-draft-lit").forEach((row) => row.classList.remove("nep-draft-lit"));
  if (!element) return;
  element.classList.toggle("nep-draft-lit", element.classList.contains("nep-draft"));
  const asked = element.dataset.asks && document.querySelectorAll(`#review-sheet [data-d="${CSS.escape(element.dataset.asks)}"]`);
  const marks = asked?.length ? asked : document.querySelectorAll(`#review-sheet [data-n="${CSS.escape(number)}"]`);
  marks.forEach((mark) => mark.classList.add("nep-mark-now"));
  if (marks.length === 1) marks[0].classList.add("nep-mark-on");
  scrollWithin(byId("review-sheet"), marks[0]);
}

function scrollWithin(pane, element) {
  if (!element) return;
  const inside = element.getBoundingClientRect();
  const frame = pane.getBoundingClientRect();
  if (inside.top >= frame.top + 24 && inside.bottom <= frame.bottom - 24) return;
  pane.scrollTop += inside.top - frame.top - frame.height / 3;
}

function openDoubt(element) {
  for (const card of byId("review-panel").querySelectorAll('[data-doubt="open"], [data-doubt="closed"]')) {
    const open = card === element;
    card.classList.toggle("nep-doubt-open", open);
    card.querySelector(".nep-doubt-body").hidden = !open;
  }
}

function go(element, { focus = true, scroll = true } = {}) {
  if (!element) return;
  current = element.dataset.item;
  if (element.matches('[data-doubt="open"], [data-doubt="closed"]')) openDoubt(element);
  light(element);
  if (focus) element.focus({ preventScroll: true });
  if (wide.matches) scrollWithin(byId("review-panel"), element);
  else if (scroll) element.scrollIntoView({ block: "nearest" });
}

function now() {
  return items().find((element) => element.dataset.item === current) ?? null;
}

function firstWaiting() {
  return byId("review-panel").querySelector('[data-doubt="open"], [data-doubt="closed"]');
}

function move(step) {
  const all = items();
  const at = all.findIndex((element) => element.dataset.item === current);
  go(all[Math.min(all.length - 1, Math.max(0, at + step))] ?? all[0]);
}

// After an act: the next open doubt as long as there are any and a doubt was decided, else the next item.
function following(before, wasDoubt) {
  const all = items();
  if (wasDoubt && firstWaiting()) return firstWaiting();
  const at = all.findIndex((element) => element.dataset.item === before);
  return all[at + 1] ?? all[at];
}

async function swap(response) {
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  if (!page.getElementById("review-panel")) {
    const reason = (page.querySelector("main .nep-notice p") ?? page.querySelector("main h1"))?.textContent.trim();
    throw new Error(reason || "Chưa lưu được. Tải lại trang rồi làm lại.");
  }
  for (const id of REGIONS) byId(id).replaceChildren(...page.getElementById(id).childNodes);
  return page;
}

// Acts are saved one after the other; one that fails says why and leaves the page as it is.
function queue(work) {
  saving = saving.then(work).then(() => fail("")).catch((error) => fail(error.message));
  return saving;
}

function fail(words) {
  byId("review-failed").hidden = !words;
  byId("review-failed-words").textContent = words;
}

function post(form, submitter) {
  const data = new FormData(form, submitter);
  return fetch(submitter?.formAction && submitter.hasAttribute("formaction") ? submitter.formAction : form.action,
    { method: "POST", body: data, headers: { "X-Requested-With": "fetch" } });
}

function act(button) {
  const owner = button.closest("[data-item]");
  const id = owner.dataset.item;
  const wasDoubt = "doubt" in owner.dataset;
  const keep = button.dataset.act === "restore";
  queue(async () => {
    const fresh = byId(owner.id)?.querySelector(`[data-act="${button.dataset.act}"]`) ?? button;
    if (!fresh.isConnected) return;
    await swap(await post(byId("acts"), fresh));
    const refused = document.querySelector("[data-refused]");
    say(refused ? refused.textContent.trim() : "Đã lưu.");
    go(keep || refused ? items().find((element) => element.dataset.item === id) : following(id, wasDoubt));
  });
}

function openForm(url, id) {
  queue(async () => {
    await swap(await fetch(url));
    current = id ?? current;
    light(now());
    const form = byId("review-panel").querySelector(".nep-review-form");
    form?.querySelector("textarea, input:not([type=hidden]), select")?.focus();
    form?.scrollIntoView({ block: "nearest" });
  });
}

function send(form, submitter) {
  queue(async () => {
    const count = items().length;
    const page = await swap(await post(form, submitter));
    const open = byId("review-panel").querySelector(".nep-review-form");
    if (open) {
      (open.querySelector("[data-nep-errors]") ?? open.querySelector("textarea, select"))?.focus();
      return;
    }
    say("Đã lưu.");
    const lit = page.querySelector(".nep-draft-lit");
    const saved = byId(`muc-${lit?.dataset.item}`) ?? byId("review-panel").querySelector(".nep-draft-lit");
    go(items().length > count || !firstWaiting() ? saved ?? now() : firstWaiting());
  });
}

// The words selected in the sheet and the line in which they begin.
function selected() {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return { trich: "", tu: "" };
  const range = selection.getRangeAt(0);
  const first = range.startContainer;
  const line = (first.nodeType === Node.ELEMENT_NODE ? first : first.parentElement).closest("#review-sheet [data-start]");
  if (!line) return { trich: "", tu: "" };
  const words = range.cloneContents();
  // The raised numbers of the marks are not words of the document.
  words.querySelectorAll("sup").forEach((number) => number.remove());
  return { trich: words.textContent.trim(), tu: line.dataset.start };
}

function addUrl() {
  return `?${new URLSearchParams({ them: "", ...selected() })}`;
}

function choose(card, digit) {
  const part = document.activeElement?.closest?.("[data-part]");
  const group = part && card.contains(part) ? part : card.querySelector("[data-part]:has(input)");
  const radio = group?.querySelectorAll("input[type=radio]")[digit - 1];
  if (!radio) return;
  radio.checked = true;
  radio.focus();
}

const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  e: () => click("edit"),
  x: () => click("drop"),
  r: () => click("restore"),
  a: () => openForm(addUrl()),
  g: () => byId("finish-button")?.click() ?? go(firstWaiting()),
};

function click(name) {
  now()?.querySelector(`[data-act="${name}"]`)?.click();
}

document.addEventListener("keydown", (event) => {
  const form = event.target.closest?.("form[data-swap]");
  if (form && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit(form.querySelector(".nep-button-main"));
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || document.querySelector("dialog[open]")) {
    if (event.key === "Escape") byId("review-panel").querySelector("[data-cancel]")?.click();
    return;
  }
  const card = now();
  if (event.key === "Enter") {
    if (event.target.closest("a, button, summary")) return;
    event.preventDefault();
    if (card?.querySelector('[data-act="confirm"]')) click("confirm");
    else move(1);
  } else if (/^[1-9]$/.test(event.key) && card?.dataset.doubt) {
    event.preventDefault();
    choose(card, Number(event.key));
  } else if (KEYS[event.key.toLowerCase()]) {
    event.preventDefault();
    KEYS[event.key.toLowerCase()]();
  } else if (event.key === "Escape") {
    byId("review-panel").querySelector("[data-cancel]")?.click();
  }
});

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  const link = event.target.closest("#review-sheet a[data-n], #review-panel a[data-n], a[data-open], a[data-act], a[data-add], a[data-cancel]");
  if (!link) {
    const owner = event.target.closest("#review-panel [data-item]");
    if (owner && !event.target.closest("a, button, label, input")) go(owner, { focus: false });
    return;
  }
  event.preventDefault();
  if (link.matches("[data-act]")) openForm(link.getAttribute("href").split("#")[0], link.closest("[data-item]")?.dataset.item);
  else if (link.matches("[data-add]")) openForm(addUrl());
  else if (link.matches("[data-cancel]")) cancel();
  else if (link.matches("[data-open]")) go(link.closest("[data-item]"));
  else find(link);
});

function cancel() {
  queue(async () => {
    await swap(await fetch(location.pathname));
    go(now() ?? firstWaiting());
  });
}

// From a mark to its doubt if one is open, else to its row; from a row to its mark.
function find(link) {
  const waits = (element) => ["open", "closed"].includes(element.dataset.doubt);
  const all = items().filter((element) => element.dataset.n === link.dataset.n);
  const doubt = items().find((element) => waits(element) && element.dataset.asks === link.dataset.d) ?? all.find(waits);
  const row = all.find((element) => !element.dataset.doubt);
  if (link.closest("#review-sheet")) go(doubt ?? row);
  else if (link.closest("[data-doubt]")) go(row ?? doubt);
  else go(link.closest("[data-item]") ?? row);
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-acts]")) {
    event.preventDefault();
    if (event.submitter) act(event.submitter);
  } else if (form.matches("[data-swap]")) {
    event.preventDefault();
    send(form, event.submitter);
  }
});

// Another kind of item asks for other fields.
document.addEventListener("change", (event) => {
  const form = event.target.closest?.("[data-adding]");
  if (form && event.target.name === "them") form.requestSubmit(form.querySelector("[data-retype]"));
});

for (const type of ["mouseover", "focusin"]) {
  document.addEventListener(type, (event) => {
    const over = event.target.closest?.("[data-n]");
    document.querySelectorAll(".nep-mark-lit").forEach((mark) => mark.classList.remove("nep-mark-lit"));
    if (!over) return;
    const selector = `#review-sheet [data-n="${CSS.escape(over.dataset.n)}"]`;
    document.querySelectorAll(selector).forEach((mark) => mark.classList.add("nep-mark-lit"));
  });
}

const asked = new URLSearchParams(location.search);
if (!asked.has("sua") && !asked.has("them")) {
  const chosen = byId(`muc-${asked.get("muc")}`);
  go(chosen ?? firstWaiting() ?? items()[0], { focus: wide.matches, scroll: Boolean(chosen) });
}
