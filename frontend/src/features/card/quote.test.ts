import { expect, test } from "vitest";
import { asQuote } from "./quote";

test("a quotation names who said it and keeps every line", () => {
  expect(asQuote("Lin", "One\n\nTwo")).toBe("> **Lin**\n> One\n>\n> Two\n\n");
});
test("what was quoted before is not quoted again", () => {
  expect(asQuote("林若曦", "> **Lin**\n> Old\n\n同意")).toBe("> **林若曦**\n> 同意\n\n");
});
