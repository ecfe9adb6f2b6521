"""The browser studio's side of the media process: pictures and sound from a page, over a WebSocket."""
