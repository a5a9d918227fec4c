// A browser in another language shows 10/11 where the office writes 11/10: under the field stands the day as it
// is read here, with the day of the week.

const WEEKDAYS = ["Chủ nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"];
const two = (number) => String(number).padStart(2, "0");

function inWords(date) {
  return `${WEEKDAYS[date.getUTCDay()]}, ${two(date.getUTCDate())}/${two(date.getUTCMonth() + 1)}/${date.getUTCFullYear()}`;
}

function tell(input) {
  let words = input.nextElementSibling;
  if (!words?.matches(".nep-date-words")) {
    words = document.createElement("span");
    words.className = "nep-hint nep-date-words";
    input.after(words);
  }
  words.textContent = input.valueAsDate ? inWords(input.valueAsDate) : "";
}

document.querySelectorAll("input[type=date]").forEach(tell);
document.addEventListener("input", (event) => {
  if (event.target.matches("input[type=date]")) tell(event.target);
});
