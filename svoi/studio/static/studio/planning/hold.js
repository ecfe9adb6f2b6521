// A finger that rests on something takes it up; one that moves at once scrolls the page, as everywhere.

const HOLD_MS = 350;
const STILL_PX = 8;

export class Hold {
  #timer = 0;
  #from = null;
  // From the moment it is taken up: the page does not scroll under it, and no menu opens over it.
  taken = false;

  constructor(element) {
    element.addEventListener("touchmove", (event) => this.taken && event.preventDefault(), { passive: false });
    element.addEventListener("contextmenu", (event) => this.#from && event.preventDefault());
  }

  begin({ clientX: x, clientY: y }, take) {
    this.end();
    this.#from = { x, y };
    this.#timer = setTimeout(() => {
      this.taken = true;
      take();
    }, HOLD_MS);
  }

  // Whether it is the page that moves, and nothing was taken up.
  slips({ clientX, clientY }) {
    return !this.taken && Boolean(this.#from) && Math.hypot(clientX - this.#from.x, clientY - this.#from.y) > STILL_PX;
  }

  end() {
    clearTimeout(this.#timer);
    this.#from = null;
    this.taken = false;
  }
}
