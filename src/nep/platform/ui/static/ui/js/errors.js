// The error summary takes the focus when the page comes back with something to correct.

document.querySelector("[data-nep-errors]")?.focus();
