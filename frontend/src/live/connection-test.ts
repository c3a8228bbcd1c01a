export type StepName = "http" | "open" | "echo" | "trip";
export type StepResult =
  | { state: "waiting" | "running" | "failed" | "skipped" }
  | { state: "ok"; ms: number };
export type TestResults = Record<StepName, StepResult>;

type Options = {
  /** Asks the server something small over HTTP. */
  ask: () => Promise<unknown>;
  open: () => WebSocket;
  /** A stream that is answered about, whatever the answer: the person's own. */
  stream: string;
  onChange: (results: TestResults) => void;
  now?: () => number;
};

const PATIENCE_MS = 8000;
const TRIPS = 5;
const NAMES: StepName[] = ["http", "open", "echo", "trip"];
/** A message there and back that takes longer is felt. */
export const SLOW_MS = 500;

/** Tries one step after the other; where one fails, those behind it are not tried. The socket is one of its own. */
export async function testConnection({
  ask,
  open,
  stream,
  onChange,
  now = () => performance.now(),
}: Options) {
  let results = Object.fromEntries(NAMES.map((name) => [name, { state: "waiting" }])) as TestResults;
  const set = (name: StepName, result: StepResult) => {
    results = { ...results, [name]: result };
    onChange(results);
  };
  const timed = async (name: StepName, work: () => Promise<number | undefined>) => {
    set(name, { state: "running" });
    const start = now();
    const ms = await within(PATIENCE_MS, work());
    set(name, { state: "ok", ms: Math.max(1, Math.round(ms ?? now() - start)) });
  };
  let line: Line | null = null;
  try {
    await timed("http", async () => void (await ask()));
    await timed("open", async () => {
      line = new Line(open(), stream);
      return void (await line.opened);
    });
    const echo = () => line?.echo() ?? Promise.reject();
    await timed("echo", async () => void (await echo()));
    await timed("trip", async () => {
      const trips: number[] = [];
      for (let trip = 0; trip < TRIPS; trip++) {
        const start = now();
        await echo();
        trips.push(now() - start);
      }
      return trips.sort((a, b) => a - b)[TRIPS >> 1];
    });
  } catch {
    for (const name of NAMES) {
      const { state } = results[name];
      if (state === "running") set(name, { state: "failed" });
      else if (state === "waiting") set(name, { state: "skipped" });
    }
  } finally {
    (line as Line | null)?.close();
  }
  return results;
}

/** A socket that is asked for a stream and told to forget it again: the smallest thing that has an answer. */
class Line {
  readonly opened: Promise<void>;
  private readonly broken: Promise<never>;
  private onAnswer: () => void = () => {};
  private lastId = 0;

  constructor(
    private readonly socket: WebSocket,
    private readonly stream: string,
  ) {
    this.broken = new Promise((_, reject) => {
      socket.onclose = () => reject(new Error("The socket was closed"));
    });
    this.broken.catch(() => {});
    this.opened = Promise.race([
      new Promise<void>((resolve) => {
        socket.onopen = () => resolve();
      }),
      this.broken,
    ]);
    socket.onmessage = ({ data }) => {
      const { t, stream: about } = JSON.parse(data) as { t: string; stream?: string };
      if (about === stream && t !== "ev" && t !== "presence") this.onAnswer();
    };
  }

  async echo() {
    this.lastId += 1;
    const answer = new Promise<void>((resolve) => {
      this.onAnswer = resolve;
    });
    this.send({ t: "sub", id: this.lastId, stream: this.stream, epoch: "", after: 0 });
    await Promise.race([answer, this.broken]);
    this.onAnswer = () => {};
    this.send({ t: "unsub", stream: this.stream });
  }

  close() {
    this.socket.onclose = null;
    this.socket.close();
  }

  private send(message: object) {
    this.socket.send(JSON.stringify(message));
  }
}

function within<T>(ms: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("No answer in time")), ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
