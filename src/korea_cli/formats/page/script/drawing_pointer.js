// The pointer over the drawing: it hovers, presses, or drags over a span of time.

const LEAST_DRAG = 6; // anything shorter is a press

/** What the pointer does, in pixels of the drawing.
 * @typedef {{hover: (x: number, y: number) => void,
 *   press: (x: number, y: number, event: MouseEvent, touch: boolean) => void,
 *   drag: (from: number, to: number) => void, drop: (from: number, to: number) => void, stop: () => void}} Heard */

class Pointing {
  /** @param {HTMLElement} surface @param {Heard} heard */
  constructor(surface, heard) {
    this.surface = surface;
    this.heard = heard;
    /** Where it was pressed. @type {number | null} */
    this.from = null;
    this.dragging = false;
    this.dragged = false; // the press that ends a drag follows
    this.touch = false;
    surface.addEventListener("pointerdown", (event) => this.down(event));
    surface.addEventListener("pointermove", (event) => this.move(event));
    surface.addEventListener("pointerup", (event) => this.up(event));
    surface.addEventListener("pointercancel", () => this.cancel());
    surface.addEventListener("click", (event) => this.click(event), true);
    surface.addEventListener("dragstart", (event) => event.preventDefault()); // links would be carried away
  }

  /** @param {MouseEvent} event */
  point(event) {
    const { left, top } = this.surface.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  }

  /** @param {PointerEvent} event */
  down(event) {
    if (event.button !== 0 || !event.isPrimary) return;
    this.touch = event.pointerType === "touch";
    [this.from] = this.point(event);
    this.dragging = false;
    this.dragged = false;
  }

  /** @param {PointerEvent} event */
  move(event) {
    const [x, y] = this.point(event);
    if (!event.buttons) this.cancel(); // it was let go elsewhere
    if (this.from === null) {
      if (event.pointerType !== "touch") this.heard.hover(x, y);
      return;
    }
    if (!this.dragging && Math.abs(x - this.from) < LEAST_DRAG) return;
    if (!this.dragging) this.surface.setPointerCapture(event.pointerId);
    this.dragging = true;
    this.dragged = true;
    this.heard.drag(this.from, x);
  }

  /** @param {PointerEvent} event */
  up(event) {
    const { from, dragging } = this;
    this.from = null;
    this.dragging = false;
    if (dragging && from !== null) this.heard.drop(from, this.point(event)[0]);
  }

  /** Give up a drag; return whether there was one. */
  cancel() {
    const was = this.dragging;
    this.from = null;
    this.dragging = false;
    if (was) this.heard.stop();
    return was;
  }

  /** A press is heard when it ends; the one that ends a drag is none. @param {MouseEvent} event */
  click(event) {
    if (this.dragged) {
      event.preventDefault();
      event.stopPropagation();
      this.dragged = false;
      return;
    }
    const [x, y] = this.point(event);
    this.heard.press(x, y, event, this.touch);
  }
}
