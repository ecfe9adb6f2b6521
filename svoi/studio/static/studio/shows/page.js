// What the console's page runs.
import "ui/js/why.js";
import "web/shows/player.js";
import "studio/shows/elapsed.js";
import "studio/shows/fresh.js";
import "studio/shows/preview.js";
import "studio/shows/crew-chat.js";
import "studio/shows/crew-composer.js";
import "studio/shows/shortcuts.js";
import "studio/shows/tabs.js";
import "studio/shows/ordering.js";
import "studio/shows/answers.js";
import "studio/control/left.js";
import "studio/control/keys.js";
import "studio/control/keep-focus.js";
import "studio/shows/console.js";
