import type { FirstKey, Message } from "./catalogue";
import board from "./zh-Hans/board.json";
import common from "./zh-Hans/common.json";
import pages from "./zh-Hans/pages.json";

const all = { ...common, ...board, ...pages };

type Leftover = Exclude<keyof typeof all, FirstKey>;

/** Doesn't compile when a key of `en.ts` is missing here, nor when one is left over. */
export const zhHans: Leftover extends never ? Record<FirstKey, Message> : Leftover = all;
