// What every page runs. A surface adds its own modules beside this one.
import "ui/js/htmx-setup.js";
import "ui/js/sheet.js";
import "ui/js/toast.js";
import "ui/js/countdown.js";
import "ui/js/local-time.js";
import "ui/js/offline.js";
import "ui/js/reveal.js";
import "ui/js/quantity.js";
import "ui/js/copy.js";
import "ui/js/armed.js";
import "ui/js/preference.js";
