// A link with `data-nep-dialog` opens that dialog of the page; without script it leads to the act's own page.

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-nep-dialog]");
  if (link) {
    const dialog = document.getElementById(link.dataset.nepDialog);
    if (!dialog?.showModal || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    dialog.showModal();
    return;
  }
  const closer = event.target.closest("[data-nep-close]");
  closer?.closest("dialog")?.close();
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-nep-print]")) window.print();
});
