import { inOneStep } from "./one-step";

/**
 * Many events a second are shown together, in every other frame of a usual screen; a single one waits for nothing. By the
 * clock alone most of them would come right after a frame, and there would be a third more paints.
 */
const REST_MS = 17;

/** In a frame, once the pause is over. A page that nobody sees gets no frames. */
const inFrame = (action: () => void) =>
  void setTimeout(() => (document.hidden ? action() : void requestAnimationFrame(action)), REST_MS);

/** Gathers what is to be told: the first at once, what comes within the pause after it together, in one step. */
export class Pace {
  private readonly waiting = new Set<() => void>();
  private isResting = false;

  constructor(private readonly later: (action: () => void) => void = inFrame) {}

  readonly tell = (one: () => void) => {
    this.waiting.add(one);
    if (!this.isResting) this.tellAll();
  };

  private readonly tellAll = () => {
    this.isResting = this.waiting.size > 0;
    if (!this.isResting) return;
    const told = [...this.waiting];
    this.waiting.clear();
    this.later(this.tellAll);
    inOneStep(() => {
      for (const one of told) one();
    });
  };
}
