import { inOneStep } from "./one-step";

/** Between two paints of what others do. Many events a second are shown together; a single one waits for nothing. */
const EVERY_MS = 25;

/** Gathers what is to be told: the first at once, what comes within the pause after it together, in one step. */
export class Pace {
  private readonly waiting = new Set<() => void>();
  private isResting = false;

  constructor(
    private readonly later: (action: () => void, ms: number) => void = (action, ms) =>
      void setTimeout(action, ms),
  ) {}

  readonly tell = (one: () => void) => {
    this.waiting.add(one);
    if (!this.isResting) this.tellAll();
  };

  private readonly tellAll = () => {
    this.isResting = this.waiting.size > 0;
    if (!this.isResting) return;
    const told = [...this.waiting];
    this.waiting.clear();
    this.later(this.tellAll, EVERY_MS);
    inOneStep(() => {
      for (const one of told) one();
    });
  };
}
