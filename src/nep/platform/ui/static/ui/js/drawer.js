// The evidence drawer: loaded from the address of the figure, which without script is a page of its own.

const place = document.getElementById("nep-drawer");
let opener = null;
let addressBefore = "";

function isPlainClick(event) {
  return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
}

async function open(link, { push }) {
  // In a drawer a further figure opens in the same place and the way back still leads to the first one.
  if (!link.closest("#nep-drawer")) {
    opener = link;
    if (push) addressBefore = window.location.href;
  }
  await load(link.href);
  mark(link);
  if (push) history.pushState({ nepDrawer: link.href, under: addressBefore }, "", link.href);
}

async function load(address) {
  await window.htmx.ajax("GET", address, { target: "#nep-drawer", swap: "innerHTML" });
  const drawer = place.querySelector(".nep-drawer");
  drawer?.classList.add("nep-drawer-slide");
  drawer?.querySelector("h2")?.focus({ preventScroll: true });
}

function mark(link) {
  document.querySelectorAll("a.nep-figure-open").forEach((other) => other.classList.remove("nep-figure-open"));
  link?.classList.add("nep-figure-open");
}

function empty() {
  place.replaceChildren();
  mark(null);
  opener?.focus({ preventScroll: true });
  opener = null;
}

function close() {
  if (history.state?.nepDrawer && addressBefore) history.pushState(null, "", addressBefore);
  empty();
}

if (place && window.fetch) {
  document.addEventListener("click", (event) => {
    if (!isPlainClick(event) || !window.htmx) return;
    const closer = event.target.closest("[data-nep-drawer-close]");
    if (closer && place.contains(closer) && opener) {
      event.preventDefault();
      close();
      return;
    }
    const link = event.target.closest("a[data-nep-drawer]");
    if (!link) return;
    event.preventDefault();
    open(link, { push: true });
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open]")) return;
    if (!place.querySelector(".nep-drawer")) return;
    const way = place.querySelector("[data-nep-drawer-close]");
    way?.click();
  });

  window.addEventListener("popstate", (event) => {
    if (event.state?.nepDrawer) load(event.state.nepDrawer);
    else if (place.querySelector(".nep-drawer") && addressBefore) empty();
  });
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-nep-copy]");
  if (!button || !navigator.clipboard) return;
  await navigator.clipboard.writeText(new URL(button.dataset.nepCopy || window.location.href, document.baseURI).href);
  button.textContent = "Đã chép";
});
