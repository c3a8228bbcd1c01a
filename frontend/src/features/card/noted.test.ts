import { expect, test } from "vitest";

const files = import.meta.glob<string>("./*.{ts,tsx}", { query: "?raw", import: "default", eager: true });

/** A label that is made while it is looked for belongs to everybody: undo is about cards. */
const NOT_OF_THE_CARD = ["./labels-field.tsx"];

test("nothing on a card is sent past undo: it goes through the outbox, or is noted", () => {
  const bare = Object.keys(files).filter((name) =>
    /import \{[^}]*\b(send|call)\b[^}]*\} from "[./]*api\/client"/.test(files[name] ?? ""),
  );
  expect(bare).toEqual(NOT_OF_THE_CARD);
});
