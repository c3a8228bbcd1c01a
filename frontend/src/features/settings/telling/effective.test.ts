import { expect, test } from "vitest";
import type { Choices } from "../../../api/inbox-types";
import { holds } from "./effective";

const choices: Choices = {
  reasons: ["owner", "watching"],
  ways: ["inbox", "push"],
  off: [{ reason: "watching", way: "push" }],
  choices: [
    { reason: "owner", way: "push", scope: "", is_on: false },
    { reason: "owner", way: "push", scope: "project:1", is_on: true },
  ],
};

test("the narrowest choice holds, then what holds everywhere, then the default", () => {
  expect(holds(choices, "project:1", "owner", "push")).toBe(true);
  expect(holds(choices, "project:2", "owner", "push")).toBe(false);
  expect(holds(choices, "", "owner", "inbox")).toBe(true);
  expect(holds(choices, "project:1", "watching", "push")).toBe(false);
});
