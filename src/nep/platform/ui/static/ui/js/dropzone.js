// Lets files be dropped onto a plain file input and names what was chosen.

const KILO = 1024;

function size(bytes) {
  if (bytes < KILO * KILO) return `${Math.max(1, Math.round(bytes / KILO))} kB`;
  return `${(bytes / KILO / KILO).toFixed(1).replace(".", ",")} MB`;
}

function list(zone, input) {
  const names = Array.from(input.files, (file) => {
    const line = document.createElement("li");
    line.textContent = `${file.name}, ${size(file.size)}`;
    return line;
  });
  zone.querySelector(".nep-drop-list").replaceChildren(...names);
}

// The browser's own button speaks the language of the browser: a button of ours lies under it.
function cover(input) {
  const pick = document.createElement("span");
  pick.className = "nep-drop-pick";
  const face = document.createElement("span");
  face.className = "nep-button nep-button-small";
  face.setAttribute("aria-hidden", "true");
  face.textContent = input.multiple ? "Chọn các tệp" : "Chọn tệp";
  input.replaceWith(pick);
  pick.append(input, face);
}

for (const zone of document.querySelectorAll("[data-nep-drop]")) {
  const input = zone.querySelector("input[type=file]");
  const words = zone.querySelector(".nep-drop-words");
  if (words) words.textContent = "Kéo tệp vào đây, hoặc chọn từ máy.";
  cover(input);
  input.addEventListener("change", () => list(zone, input));
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.classList.add("nep-drop-over");
  });
  zone.addEventListener("dragleave", () => zone.classList.remove("nep-drop-over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("nep-drop-over");
    const taken = new DataTransfer();
    const files = input.multiple ? event.dataTransfer.files : Array.from(event.dataTransfer.files).slice(0, 1);
    for (const file of files) taken.items.add(file);
    input.files = taken.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
