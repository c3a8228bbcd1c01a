import { expect, test } from "vitest";
import { suggestKey } from "./suggest-key";

const none = new Set<string>();

test("a key is made of the account's code and the initials of the name", () => {
  expect(suggestKey("JL", "Export-delay war room", none)).toBe("JLEDWR");
  expect(suggestKey("HY", "Rollout", none)).toBe("HYROL");
  expect(suggestKey("", "Improvement backlog", none)).toBe("IB");
});
test("a Chinese name leaves the code alone, and nothing makes no key", () => {
  expect(suggestKey("JL", "数据导出专项", none)).toBe("JL");
  expect(suggestKey("", "数据导出专项", none)).toBe("");
});
test("a key begins with a letter and is nobody's yet", () => {
  expect(suggestKey("3M", "Pilot", none)).toBe("MPIL");
  expect(suggestKey("JL", "", new Set(["JL", "JL2"]))).toBe("JL3");
});
