// <svoi-gallery>: marks the picture in view, steps by buttons and arrow keys. Swiping is the browser's own scroll-snap.
class Gallery extends HTMLElement {
  connectedCallback() {
    this.strip = this.querySelector(".gallery-strip");
    this.slides = [...this.querySelectorAll(".gallery-slide")];
    if (this.slides.length < 2) return;
    this.dots = [...this.querySelectorAll(".gallery-dots > a")];
    this.back = this.querySelector(".gallery-back");
    this.on = this.querySelector(".gallery-on");
    this.back.hidden = this.on.hidden = false;
    this.back.addEventListener("click", () => this.#show(this.place - 1));
    this.on.addEventListener("click", () => this.#show(this.place + 1));
    this.dots.forEach((dot, place) => dot.addEventListener("click", (event) => {
      event.preventDefault();
      this.#show(place);
    }));
    this.strip.addEventListener("keydown", (event) => this.#onKey(event));
    this.strip.addEventListener("scroll", () => this.#mark(), { passive: true });
    this.#mark();
  }

  #onKey(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    this.#show(this.place + step);
  }

  #show(place) {
    const wanted = Math.min(Math.max(place, 0), this.slides.length - 1);
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.strip.scrollTo({ left: this.slides[wanted].offsetLeft - this.strip.offsetLeft, behavior: calm ? "instant" : "smooth" });
  }

  #mark() {
    this.place = Math.round(this.strip.scrollLeft / this.strip.clientWidth);
    this.dots.forEach((dot, place) => {
      if (place === this.place) dot.setAttribute("aria-current", "true");
      else dot.removeAttribute("aria-current");
    });
    this.back.disabled = this.place === 0;
    this.on.disabled = this.place === this.slides.length - 1;
  }
}

customElements.define("svoi-gallery", Gallery);
