// The question mark opens the list of the page's keys. A page with keys puts `{% shortcuts %}` in its dialogs.

export function isTyping(target) {
  return target.closest("input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable=true]") !== null;
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "?" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const dialog = document.querySelector("dialog[data-nep-shortcuts]");
  if (!dialog || dialog.open) return;
  event.preventDefault();
  dialog.showModal();
});
