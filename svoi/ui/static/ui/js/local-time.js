// <svoi-time data-shape="moment|date|clock"> round a <time>: the reader's own zone instead of the server's.
const SHAPES = {
  moment: { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" },
  date: { day: "numeric", month: "long", year: "numeric" },
  clock: { hour: "2-digit", minute: "2-digit" },
};

class LocalTime extends HTMLElement {
  connectedCallback() {
    const time = this.querySelector("time");
    const at = new Date(time?.dateTime ?? "");
    if (Number.isNaN(at.getTime())) return;
    const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
    const write = (shape) => new Intl.DateTimeFormat(language, shape).format(at);
    const shape = this.dataset.shape ?? "moment";
    if (shape === "moment") time.textContent = `${write({ day: "numeric", month: "long" }).replace(" ", "\u00a0")}, ${write(SHAPES.clock)}`;
    else time.textContent = write(SHAPES[shape]);
    time.title = new Intl.DateTimeFormat(language, { dateStyle: "full", timeStyle: "long" }).format(at);
  }
}

customElements.define("svoi-time", LocalTime);
