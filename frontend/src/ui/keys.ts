/** Keys as actions name them (`actions.ts`): read from events, and shown as they are printed on keyboards. */

const isMac = /mac|iphone|ipad/i.test(navigator.platform);

/** What was pressed, written as actions write it: `"Alt+ArrowLeft"`, `"c"`, `"?"`, `"Shift+x"`. */
export function pressed(event: KeyboardEvent): string {
  // A full-width ？ of a Chinese keyboard is the same key.
  const key = event.key.normalize("NFKC");
  const isLetter = /^\p{L}$/u.test(key);
  const parts = [];
  if (isMac ? event.metaKey : event.ctrlKey) parts.push("Mod");
  if (event.altKey) parts.push("Alt");
  // Signs need Shift on one keyboard and not on another, so it is no part of them.
  if (event.shiftKey && (isLetter || key.length > 1)) parts.push("Shift");
  parts.push(isLetter ? key.toLowerCase() : key);
  return parts.join("+");
}

/** True for a press that is only the beginning of one, or that the other modifier makes into the browser's own. */
export const isBare = (event: KeyboardEvent) =>
  ["Control", "Meta", "Alt", "Shift"].includes(event.key) || (isMac ? event.ctrlKey : event.metaKey);

const NAMES: Record<string, string> = {
  ArrowLeft: "←",
  ArrowUp: "↑",
  ArrowRight: "→",
  ArrowDown: "↓",
  Escape: "Esc",
  Mod: isMac ? "⌘" : "Ctrl",
  Alt: isMac ? "⌥" : "Alt",
  Shift: isMac ? "⇧" : "Shift",
  Delete: isMac ? "⌫" : "Del",
  " ": "␣",
};

/** The caps to press, in order: `"g b"` → G, B; `"Alt+ArrowLeft"` → Alt, ←. */
export function caps(keys: string): string[] {
  return keys.split(" ").flatMap((step) => {
    const names = step === "+" ? ["+"] : step.split("+");
    return names.map((name) => NAMES[name] ?? (name.length === 1 ? name.toUpperCase() : name));
  });
}

/** For `aria-keyshortcuts`, which knows single steps only. */
export const ariaKeys = (keys: readonly string[] = []) =>
  keys
    .filter((key) => !key.includes(" "))
    .map((key) => key.replace("Mod", isMac ? "Meta" : "Control"))
    .join(" ") || undefined;

/** Caps for several keys that do one thing: arrows stand together behind what is held with them. */
export function capsOf(keys: readonly string[]): string[][] {
  const arrows = keys.filter((key) => key.includes("Arrow"));
  const others = keys.filter((key) => !key.includes("Arrow")).map(caps);
  const held = arrows[0]?.split("+").slice(0, -1).join("+");
  const points = arrows.map((key) => caps(key).at(-1) ?? "");
  return arrows.length > 0 ? [[...(held ? caps(held) : []), ...points], ...others] : others;
}
