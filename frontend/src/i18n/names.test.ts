import { expect, test } from "vitest";
import { initialsIn, nameIn } from "./names";

const lin = { name: "Lin Ruoxi", name_zh: "林若溪" };
const elena = { name: "Elena Marsh", name_zh: "" };

test("a Chinese name is for those who read Chinese, where there is one", () => {
  expect(nameIn("en", lin)).toBe("Lin Ruoxi");
  expect(nameIn("zh-Hans", lin)).toBe("林若溪");
  expect(nameIn("zh-Hans", elena)).toBe("Elena Marsh");
});

test("faces show two letters, or the last character of a Chinese name", () => {
  expect(initialsIn("en", lin)).toBe("LR");
  expect(initialsIn("zh-Hans", lin)).toBe("溪");
  expect(initialsIn("zh-Hans", elena)).toBe("EM");
});
