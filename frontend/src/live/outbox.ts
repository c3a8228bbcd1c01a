import type { Answer, Method, RequestOptions } from "../api/client";
import { ApiError } from "../api/errors";
import { Observable } from "../observable";
import { fullJitter } from "./back-off";
import { cardsIn, newCardsIn, type Pending, withRealId } from "./card-table";
import type { Tabs } from "./tabs";

/** A change on its way to the server. It survives a reload, and is sent again under the same id until answered. */
export type Command = {
  commandId: string;
  stream: string;
  method: Exclude<Method, "GET">;
  /** `{task}` stands for the id of `task`, which the browser may not know yet. */
  path: string;
  task: number | null;
  /** Fields that hold ids of cards, to be translated before they are sent. */
  body: Record<string, unknown>;
  pending: Pending;
  /** What it does on other boards, where it is about cards of several. */
  also?: readonly Half[];
  /** The command that this one takes back: where that is refused, there is nothing to take back. */
  undoes?: string;
  at: number;
  /** What it was about, for when it has to be said later that it failed: nobody remembers an id. */
  about?: { key: string; title: string; count?: number };
  /** The tab that sends it; when that is gone, another takes it over. */
  tab?: string;
  /** When it may have reached the server for the first time. */
  firstSentAt?: number;
};

/** What a command does on one board. */
export type Half = { stream: string; pending: Pending };
export const halvesOf = ({ stream, pending, also = [] }: Command): readonly Half[] => [
  { stream, pending },
  ...also,
];

export interface CommandStorage {
  all(): Promise<Command[]>;
  put(command: Command): Promise<void>;
  remove(commandId: string): Promise<void>;
}

/** The board a command belongs to, as the outbox sees it. */
export type Destination = {
  realId(id: number): number | undefined;
  answered(
    commandId: string,
    position: { epoch: string; seq: number } | undefined,
    realIds?: readonly number[],
  ): void;
  refused(commandId: string): void;
};

/** Where something was made: the one thing, or several tasks in the order in which they were sent. */
type Answered = { id?: number; tasks?: { id: number }[] } | undefined;

type Options = {
  call: (method: Method, path: string, options: RequestOptions) => Promise<Answer<Answered>>;
  storage: CommandStorage;
  destination: (stream: string) => Destination | undefined;
  onRefused: (command: Command, error: ApiError) => void;
  /** All was so already: the command told nothing. */
  onUnchanged?: (command: Command) => void;
  tabs: Tabs;
  /** Whether the browser's cookie still is that of the person whose commands these are. */
  maySend?: () => Promise<boolean>;
  isOnline?: () => boolean;
  sleep?: (ms: number) => Promise<void>;
  now?: () => number;
};

/** The server knows a command again for a day. Later, nobody can tell whether it was done: it isn't sent blindly. */
const KNOWN_FOR_MS = 23 * 3600_000;
/** Answered commands that are kept for the case that the history in which they were answered is lost. */
const KEPT = 200;

/**
 * Sends commands: those about one card one after the other, others side by side. No answer or a failing server means
 * try again; a refusal means drop it and say why.
 */
export class Outbox {
  /** How many changes wait for their answer. */
  readonly waiting = new Observable(0);
  private readonly lanes = new Map<string, Promise<void>>();
  private readonly queued = new Set<Command>();
  private readonly answered = new Map<string, Command>();
  private readonly sleep: (ms: number) => Promise<void>;
  private readonly now: () => number;
  private isStopped = false;

  constructor(private readonly options: Options) {
    this.sleep = options.sleep ?? sleepOrOnline;
    this.now = options.now ?? Date.now;
  }

  add(command: Command) {
    const own = { ...command, tab: this.options.tabs.id };
    this.keep(own);
    this.enqueue(own);
  }

  /** Takes up what pages that are gone have left behind. Of several tabs, one does. */
  adopt(): Promise<Command[]> {
    const { storage, tabs } = this.options;
    return tabs.alone(async () => {
      const alive = await tabs.alive();
      const known = new Set([...this.queued].map(({ commandId }) => commandId));
      const stored = await storage.all().catch(() => []);
      const left = stored
        .filter(({ commandId, tab }) => !known.has(commandId) && (tab === undefined || !alive.has(tab)))
        .sort((a, b) => a.at - b.at)
        .map((command) => ({ ...command, tab: tabs.id }));
      await Promise.all(left.map((command) => storage.put(command))).catch(() => {});
      if (!this.isStopped) for (const command of left) this.enqueue(command);
      return left;
    });
  }

  /** What is on its way for a board. */
  unsentOn(stream: string): Command[] {
    return [...this.queued].filter((command) => halvesOf(command).some((half) => half.stream === stream));
  }

  /** For a command whose answer belongs to a history that is no more. False where it isn't known any longer. */
  sendAgain(commandId: string): boolean {
    const command = this.answered.get(commandId);
    if (!command || this.isStopped) return false;
    this.answered.delete(commandId);
    this.keep(command);
    this.enqueue(command);
    return true;
  }

  /** Thinks better of a command: true where it has never left, and then it never will. */
  drop(commandId: string): boolean {
    const command = [...this.queued].find((one) => one.commandId === commandId);
    if (!command || command.firstSentAt !== undefined) return false;
    this.takeBack(command);
    return true;
  }

  /** Nothing of this person leaves this tab any more. */
  stop() {
    this.isStopped = true;
  }

  private enqueue(command: Command) {
    const lanes = lanesOf(command);
    this.queued.add(command);
    this.waiting.set(this.queued.size);
    const before = Promise.all(lanes.map((lane) => this.lanes.get(lane)));
    const done = before.then(() => this.deliver(command));
    for (const lane of lanes) this.lanes.set(lane, done);
    void done.finally(() => {
      this.queued.delete(command);
      this.waiting.set(this.queued.size);
      for (const lane of lanes) if (this.lanes.get(lane) === done) this.lanes.delete(lane);
    });
  }

  /** Private windows may refuse storage; sending goes on. */
  private keep(command: Command) {
    if (!this.isStopped) void this.options.storage.put(command).catch(() => {});
  }

  private async deliver(command: Command) {
    const { isOnline = () => navigator.onLine } = this.options;
    for (let failures = 0; !this.isStopped && this.queued.has(command); failures++) {
      if (isOnline()) {
        try {
          return await this.attempt(command);
        } catch (error) {
          if (error instanceof ApiError && !error.isTemporary && error.status !== 401)
            return this.refuse(command, error);
        }
      }
      await this.sleep(fullJitter(failures));
    }
  }

  private async attempt(command: Command) {
    const { destination: find, maySend } = this.options;
    if (maySend && !(await maySend())) return this.stop();
    if (this.isStopped || !this.queued.has(command)) return;
    command.firstSentAt ??= this.now();
    if (this.now() - command.firstSentAt > KNOWN_FOR_MS) throw new ApiError(409, { code: "too_late" });
    this.keep(command);
    const destination = find(command.stream);
    const { data, position } = await this.options.call(command.method, addressOf(command, destination), {
      body: translate(command.body, (id) => this.realIdOf(command, id)),
      commandId: command.commandId,
    });
    const realIds = data?.tasks?.map(({ id }) => id) ?? (data?.id ? [data.id] : []);
    // The board may have been opened while the answer was on its way.
    for (const { stream } of halvesOf(command))
      find(stream)?.answered(command.commandId, position[stream], realIds);
    for (const [index, created] of newCardsIn(command.pending).entries()) {
      const realId = realIds[index];
      if (realId) this.tellRealId(command, created, realId);
    }
    if (Object.keys(position).length === 0) this.options.onUnchanged?.(command);
    this.remember(command);
    await this.options.storage.remove(command.commandId).catch(() => {});
  }

  /** What waits in the queue for a new card is told its real id, in the browser's database too. */
  private tellRealId(creation: Command, created: number, realId: number) {
    for (const command of this.queued) {
      if (command === creation || !cardsOf(command).includes(created)) continue;
      if (command.task === created) command.task = realId;
      command.pending = withRealId(command.pending, created, realId);
      command.also = command.also?.map((half) => ({
        ...half,
        pending: withRealId(half.pending, created, realId),
      }));
      command.body = translate(command.body, (id) => (id === created ? realId : id));
      this.keep(command);
    }
  }

  private realIdOf(command: Command, id: number): number | undefined {
    for (const { stream } of halvesOf(command)) {
      const found = this.options.destination(stream)?.realId(id);
      if (found !== undefined) return found;
    }
    return id > 0 ? id : undefined;
  }

  private remember(command: Command) {
    this.answered.set(command.commandId, command);
    const [oldest] = this.answered.keys();
    if (this.answered.size > KEPT && oldest) this.answered.delete(oldest);
  }

  private async refuse(command: Command, error: ApiError) {
    for (const next of [...this.queued]) if (next.undoes === command.commandId) this.takeBack(next);
    this.options.onRefused(command, error);
    await this.takeBack(command);
  }

  /** Forgets a command, and what was shown of it. */
  private async takeBack(command: Command) {
    this.queued.delete(command);
    this.waiting.set(this.queued.size);
    for (const { stream } of halvesOf(command)) this.options.destination(stream)?.refused(command.commandId);
    await this.options.storage.remove(command.commandId).catch(() => {});
  }
}

/** Waits, but not on after the network has come back. */
function sleepOrOnline(ms: number) {
  return new Promise<void>((resolve) => {
    const end = () => {
      clearTimeout(timer);
      removeEventListener("online", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    addEventListener("online", end);
  });
}

const cardsOf = (command: Command) => [
  ...(command.task === null ? [] : [command.task]),
  ...halvesOf(command).flatMap(({ pending }) => cardsIn(pending)),
];

/** One for each of its cards: what is about the same card keeps its order. */
function lanesOf(command: Command): string[] {
  const cards = cardsOf(command);
  return cards.length ? [...new Set(cards.map(String))] : [command.commandId];
}

function addressOf({ path, task }: Command, destination: Destination | undefined) {
  if (task === null) return path;
  const id = task > 0 ? task : destination?.realId(task);
  // Commands about a new card follow its creation in the same lane: without an id it was refused, and they are moot.
  if (id === undefined) throw new ApiError(404, { code: "not_found" });
  return path.replace("{task}", String(id));
}

/**
 * A neighbour that the server doesn't know yet is left out: the other one tells the place. So is one of many cards that
 * was never made. Cards may be named within what changes of them, too.
 */
function translate(body: Record<string, unknown>, realId: (id: number) => number | undefined) {
  const part = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(part) : isBody(value) ? translate(value, realId) : value;
  const sent: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(body)) {
    const isNeighbour = field === "after" || field === "before";
    if (isNeighbour && typeof value === "number" && value < 0) sent[field] = realId(value) ?? null;
    else if (field === "tasks" && isIds(value))
      sent[field] = value.map(realId).filter((id) => id !== undefined);
    else sent[field] = part(value);
  }
  return sent;
}

const isBody = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;
const isIds = (value: unknown): value is number[] => Array.isArray(value) && typeof value[0] === "number";
