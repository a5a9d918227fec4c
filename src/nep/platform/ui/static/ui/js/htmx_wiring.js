// Requests of htmx carry the page's CSRF token; a refused one goes to the full page, which says why.

document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector('meta[name="nep-csrf"]')?.content;
  if (token) event.detail.headers["X-CSRFToken"] = token;
});

document.addEventListener("htmx:responseError", (event) => {
  const { requestConfig, xhr } = event.detail;
  if (requestConfig.verb === "get" && xhr.status !== 0) window.location.assign(requestConfig.path);
});
