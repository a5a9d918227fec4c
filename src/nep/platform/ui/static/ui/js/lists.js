// Picking rows of a list: the whole page in one click, and how many are picked.

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-nep-pick-all]");
  if (!link) return;
  event.preventDefault();
  const boxes = boxesOf(link.closest("form"));
  const all = boxes.some((box) => !box.checked);
  boxes.forEach((box) => (box.checked = all));
  tell(link.closest("form"));
});

document.addEventListener("change", (event) => {
  const form = event.target.matches('input[name="chon"]') && event.target.closest("form.nep-list-form");
  if (form) tell(form);
});

window.addEventListener("pageshow", () => document.querySelectorAll("form.nep-list-form").forEach(tell));

function boxesOf(form) {
  return [...form.querySelectorAll('input[name="chon"]')];
}

function tell(form) {
  const count = boxesOf(form).filter((box) => box.checked).length;
  form.querySelector("[data-nep-picked]").textContent = count ? `Đã chọn ${count}` : "";
}
