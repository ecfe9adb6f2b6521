// What the rundown's page runs.
import "studio/shows/answers.js";
import "studio/rundown/rundown.js";
