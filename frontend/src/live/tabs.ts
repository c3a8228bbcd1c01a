import { newCommandId } from "../api/command-id";

/** The tabs of this browser, as far as they have to know of each other. */
export interface Tabs {
  readonly id: string;
  /** The tabs that live, this one among them. */
  alive(): Promise<ReadonlySet<string>>;
  /** Does something while no other tab does the same. */
  alone<T>(work: () => Promise<T>): Promise<T>;
}

const LIFE = "accord.tab.";
const TURN = "accord.turn";

/**
 * Each tab holds a lock as long as it lives; the browser gives it back however the tab ends. Over plain http there are
 * no locks: tabs then don't see each other, and a command may be sent by two of them. It counts once, by its id.
 */
export function openTab(locks: LockManager | undefined = navigator.locks): Tabs {
  const id = newCommandId();
  if (!locks) return { id, alive: async () => new Set([id]), alone: (work) => work() };
  void locks.request(LIFE + id, () => new Promise<never>(() => {})).catch(() => {});
  return {
    id,
    async alive() {
      const { held = [] } = await locks.query();
      const names = held.map(({ name = "" }) => name).filter((name) => name.startsWith(LIFE));
      return new Set([id, ...names.map((name) => name.slice(LIFE.length))]);
    },
    alone: async (work) => locks.request(TURN, work),
  };
}
