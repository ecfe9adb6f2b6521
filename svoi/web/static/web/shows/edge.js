// When a viewer who follows the show has fallen so far behind that playing faster no longer helps.
export const TARGET_S = 0.9;
export const FOLLOWS_WITHIN_S = 4;
const JUMP_S = 3.6;

// A little behind, hls.js plays faster by itself; further behind, one jump is kinder than a minute of hurry.
export function edgeStep({ behind, target, seeking }) {
  return !seeking && behind > target + JUMP_S ? "jump" : "stay";
}
