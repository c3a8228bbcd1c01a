import { Fragment, type ReactNode } from "react";
import type { TextKey } from "./catalogue";
import { useText } from "./language";

/** A sentence of the catalogue with elements in its places, in the order that the language wants. */
export function Phrase({ id, values }: { id: TextKey; values: Record<string, ReactNode> }) {
  const text = useText();
  const marked = text(
    id,
    Object.fromEntries(Object.keys(values).map((name) => [name, `\u0000${name}\u0000`])),
  );
  return marked.split("\u0000").map((part, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one sentence never change their order
    index % 2 ? <Fragment key={index}>{values[part]}</Fragment> : part,
  );
}
