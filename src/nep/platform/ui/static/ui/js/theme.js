// Changes the theme at once and lets the plain form keep it in the cookie.

const WORDS = { light: "Nền tối", dark: "Nền sáng" };
const ICONS = { light: "moon", dark: "sun" };

document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-nep-theme]");
  if (!form) return;
  event.preventDefault();
  const button = form.querySelector("button");
  const theme = button.value;
  const data = new FormData(form);
  data.set("theme", theme);
  data.delete("once"); // the same form may be sent again without a new page
  fetch(form.action, { method: "POST", body: data, headers: { "HX-Request": "true" } });
  document.documentElement.dataset.theme = theme;
  document.querySelectorAll("[data-nep-theme] button").forEach((other) => show(other, theme));
});

function show(button, theme) {
  button.value = theme === "dark" ? "light" : "dark";
  button.querySelector("span").textContent = WORDS[theme];
  const use = button.querySelector("use");
  use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#${ICONS[theme]}`));
}
