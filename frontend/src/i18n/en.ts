import board from "./en/board.json";
import common from "./en/common.json";
import pages from "./en/pages.json";

/** English is where a key is born; `zh-Hans.ts` doesn't compile until it has the same keys. */
export const en = { ...common, ...board, ...pages };
