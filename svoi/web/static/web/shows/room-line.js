// What carries a room to the page: each line is opened with a ticket of its own, hears text, and says once that it is lost.

export function socketLine(address, { hear, lost }) {
  const socket = new WebSocket(address);
  let open = true;
  socket.addEventListener("message", ({ data }) => open && hear(data));
  socket.addEventListener("close", () => open && lost());
  return {
    send(text) {
      if (socket.readyState !== WebSocket.OPEN) return false;
      socket.send(text);
      return true;
    },
    close() {
      open = false;
      socket.close();
    },
  };
}

// A ticket is taken once, so the browser's own way of connecting again would be refused: each line is opened anew.
export function eventLine(address, { hear, lost }) {
  const source = new EventSource(address);
  source.addEventListener("message", ({ data }) => hear(data));
  source.addEventListener("error", () => {
    source.close();
    lost();
  });
  return { close: () => source.close() };
}
