/** A claim expires after 30 s; it is repeated well before. */
const REPEAT_MS = 15_000;
/** The server hears one claim a second from each socket and drops what comes in between. */
const PACE_MS = 1100;

type Options = {
  claim: () => void;
  /** How many claims belong together: they follow each other as fast as the server hears them. */
  rounds?: number;
  isSeen?: () => boolean;
};

/** Says where one is: soon after it has changed, not too often, and again and again while somebody looks. */
export class PresenceClaim {
  private left = 0;
  private claimedAt = Number.NEGATIVE_INFINITY;
  private next: ReturnType<typeof setTimeout> | undefined;
  private readonly isSeen: () => boolean;

  constructor(private readonly options: Options) {
    this.isSeen = options.isSeen ?? (() => document.visibilityState === "visible");
  }

  /** `after`: a moment in which more may change, or in which nobody would hear it yet. */
  readonly soon = (after = 300) => {
    clearTimeout(this.next);
    this.left = 0;
    this.next = setTimeout(this.now, Math.max(after, this.claimedAt + PACE_MS - Date.now()));
  };

  stop() {
    clearTimeout(this.next);
  }

  private readonly now = () => {
    if (this.isSeen()) {
      this.claimedAt = Date.now();
      this.options.claim();
    }
    const { rounds = 1 } = this.options;
    this.left = (this.left || rounds) - 1;
    this.next = setTimeout(this.now, this.left > 0 ? PACE_MS : REPEAT_MS);
  };
}
