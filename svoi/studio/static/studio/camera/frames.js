// The binary frames media understands; docs/reference/browser-studio.md has the table.
export const KIND = { pictureConfig: 1, picture: 2, aacConfig: 3, aac: 4, opusConfig: 5, opus: 6, noSound: 7, load: 8 };
const VERSION = 1;
const HEAD_BYTES = 8;

// A frame with room for `length` bytes of payload: {message, payload}; the payload is a view to be filled.
export function framed(kind, timestampMs, length, { key = false } = {}) {
  const message = new Uint8Array(HEAD_BYTES + length);
  const head = new DataView(message.buffer);
  head.setUint8(0, VERSION);
  head.setUint8(1, kind);
  head.setUint8(2, key ? 1 : 0);
  head.setUint32(4, timestampMs);
  return { message, payload: message.subarray(HEAD_BYTES) };
}

export function packed(kind, timestampMs, bytes = new Uint8Array(0), options = {}) {
  const { message, payload } = framed(kind, timestampMs, bytes.byteLength, options);
  payload.set(ArrayBuffer.isView(bytes) ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength) : new Uint8Array(bytes));
  return message;
}
