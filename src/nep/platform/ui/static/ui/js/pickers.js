// A period or unit picker goes to its page as soon as something else is chosen.

document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-nep-pick]");
  form?.requestSubmit();
});
