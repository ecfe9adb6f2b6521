// What the camera's page runs.
import "studio/shows/elapsed.js";
import "studio/shows/answers.js";
import "studio/camera/level.js";
import "studio/camera/preflight.js";
import "studio/camera/camera.js";
import "studio/control/keep-focus.js";
