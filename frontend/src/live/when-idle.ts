/** Does something when nothing else is to be done: never in the way of what somebody waits for. */
export const whenIdle: (action: () => void) => unknown =
  globalThis.requestIdleCallback?.bind(globalThis) ?? ((action) => setTimeout(action, 500));
