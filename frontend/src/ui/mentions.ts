import { type ComponentType, createContext, type ReactNode } from "react";

/** Shows a person, a card or an account that a text mentions; without one, the words that stand in the text. */
export const MentionContext = createContext<ComponentType<{ href: string; children: ReactNode }> | null>(
  null,
);
