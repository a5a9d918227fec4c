// Everything a page can do beyond plain HTML. Each module finds its own `data-nep-…` and works alone.
import "./htmx_wiring.js";
import "./drawer.js";
import "./dialogs.js";
import "./shortcuts.js";
import "./theme.js";
import "./guard.js";
import "./dropzone.js";
import "./dates.js";
import "./pickers.js";
import "./errors.js";
import "./lists.js";

document.documentElement.classList.add("nep-js");
