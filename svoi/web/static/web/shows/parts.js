// The parts of a room find each other here.
export const room = () => document.querySelector("svoi-room");
export const player = () => document.querySelector("svoi-player");
