// A form that acts is sent once per click, and text not yet sent is not lost by accident.

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-nep-guard]");
  if (!form || event.defaultPrevented) return;
  if (form.dataset.nepSent) {
    event.preventDefault();
    return;
  }
  form.dataset.nepSent = "1";
  delete form.dataset.nepChanged;
  if (event.submitter) makeBusy(event.submitter);
});

function makeBusy(button) {
  button.style.setProperty("min-width", `${button.offsetWidth}px`);
  button.setAttribute("aria-busy", "true");
  const words = button.querySelector("span");
  if (words && button.dataset.nepBusy) {
    button.dataset.nepRest = words.textContent;
    words.textContent = button.dataset.nepBusy;
  }
}

// Coming back through the history shows the page as it was left: make its buttons usable again.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  document.querySelectorAll("form[data-nep-sent]").forEach((form) => delete form.dataset.nepSent);
  document.querySelectorAll("button[aria-busy]").forEach((button) => {
    button.removeAttribute("aria-busy");
    if (button.dataset.nepRest) button.querySelector("span").textContent = button.dataset.nepRest;
  });
});

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-nep-unsaved]");
  if (form) form.dataset.nepChanged = "1";
});

window.addEventListener("beforeunload", (event) => {
  if (document.querySelector("form[data-nep-changed]")) event.preventDefault();
});
