import { IconListSearch } from "@tabler/icons-react";
import type { FoundGroup } from "../../api/types";
import type { Text } from "../../i18n/catalogue";
import type { Section } from "./rows";

/** The way to the page of results, once there are any. */
export function seeAllSection(groups: FoundGroup[], typed: string, run: () => void, text: Text): Section[] {
  if (groups.length === 0) return [];
  const name = text("palette.see_all", { query: typed.trim() });
  return [{ id: "all", title: text("palette.all"), rows: [{ id: "all", name, icon: IconListSearch, run }] }];
}
