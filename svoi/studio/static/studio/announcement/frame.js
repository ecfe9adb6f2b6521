// The frame a clip stands at becomes the file of the poster's form: the browser has the decoder that the house has not.
import { toast } from "ui/js/toast.js";

const QUALITY = 0.92;
const form = document.querySelector("#poster-form");

// Null while nothing is decoded.
function frameOf(video) {
  if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || !video.videoWidth) return null;
  const sheet = new OffscreenCanvas(video.videoWidth, video.videoHeight);
  sheet.getContext("2d").drawImage(video, 0, 0);
  return sheet.convertToBlob({ type: "image/jpeg", quality: QUALITY });
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-frame]");
  if (!button) return;
  const frame = await frameOf(button.closest("[data-clip]").querySelector("video"));
  if (!frame) {
    toast(button.dataset.notYet);
    return;
  }
  const files = new DataTransfer();
  files.items.add(new File([frame], "frame.jpg", { type: frame.type }));
  form.elements.file.files = files.files;
  form.requestSubmit();
});
