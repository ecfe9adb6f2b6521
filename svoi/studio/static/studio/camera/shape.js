// Which part of the camera's picture is shown, and how large: 9:16 or 16:9 from the middle, in even numbers, never enlarged.
const even = (number) => Math.max(2, Math.floor(number / 2) * 2);

// {x, y, width, height} of the source, and the size to encode: {outWidth, outHeight}.
export function shapeOf({ width, height }, framing, short) {
  const aspect = framing === "wide" ? 16 / 9 : 9 / 16;
  const cutWidth = even(Math.min(width, height * aspect));
  const cutHeight = even(Math.min(height, width / aspect));
  const scale = Math.min(1, short / Math.min(cutWidth, cutHeight));
  return {
    x: Math.floor((width - cutWidth) / 4) * 2,
    y: Math.floor((height - cutHeight) / 4) * 2,
    width: cutWidth,
    height: cutHeight,
    outWidth: even(Math.round(cutWidth * scale)),
    outHeight: even(Math.round(cutHeight * scale)),
  };
}
