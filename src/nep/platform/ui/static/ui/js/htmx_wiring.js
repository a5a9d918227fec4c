// Requests of htmx carry the page's CSRF token; a refused one goes to the full page, which says why.

document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector('meta[name="nep-csrf"]')?.content;
  if (token) event.detail.headers["X-CSRFToken"] = token;
});

document.addEventListener("htmx:responseError", (event) => {
  const { requestConfig, xhr, target } = event.detail;
  if (requestConfig.verb === "get" && xhr.status !== 0) window.location.assign(requestConfig.path);
  if (requestConfig.verb !== "get") sayRefused(target, xhr.responseText);
});

// What was typed stays where it is; the reason stands beside it.
function sayRefused(place, answer) {
  const page = new DOMParser().parseFromString(answer, "text/html");
  const words = document.createElement("p");
  words.className = "nep-error";
  words.setAttribute("role", "alert");
  words.textContent = page.querySelector("main .nep-notice")?.textContent.trim()
    || "Chưa lưu được. Tải lại trang rồi làm lại.";
  place.querySelectorAll(".nep-error, .nep-save").forEach((old) => old.remove());
  place.append(words);
}
