import type { Found, FoundGroup } from "../../api/types";
import type { Text } from "../../i18n/catalogue";
import type { Recent } from "../../live/recent";
import { hashOf } from "./address";
import { FoundMark } from "./found-look";
import { Marked } from "./marked";
import type { Row, Section } from "./rows";

type Open = (thing: Recent, hash?: string) => void;

const plain = (found: Found) => found.title.map(({ text }) => text).join("");
/** How a thing that was found is remembered: a comment as its card. */
export const asRecent = (found: Found): Recent => ({
  kind: found.kind === "comment" ? "card" : found.kind,
  id: found.id,
  key: found.key,
  title: plain(found),
  where: found.where,
});

function foundRow(found: Found, open: Open, text: Text): Row {
  const hasKey = found.kind === "card" || found.kind === "comment" || found.kind === "initiative";
  return {
    id: `${found.kind}/${found.id}`,
    mark: <FoundMark found={found} />,
    name: <Marked parts={found.title} />,
    key: hasKey ? found.key : undefined,
    hint: found.is_archived ? text("search.archived", { where: found.where }) : found.where,
    detail: found.excerpt.length > 0 ? <Marked parts={found.excerpt} /> : undefined,
    run: () => open(asRecent(found), hashOf(found)),
  };
}

/** What has exactly the key that was typed: it comes before everything else. */
export function exactSection(groups: FoundGroup[], open: Open, text: Text): Section[] {
  const rows = groups.flatMap(({ items }) => items.filter(({ exact }) => exact));
  if (rows.length === 0) return [];
  return [{ id: "exact", title: text("palette.jump"), rows: rows.map((one) => foundRow(one, open, text)) }];
}

/** The rest of what was found, by kind. */
export function foundSections(groups: FoundGroup[], open: Open, text: Text): Section[] {
  return groups
    .map(({ kind, items }) => ({
      id: `found-${kind}`,
      title: text(`search.kind_${kind}`),
      rows: items.filter(({ exact }) => !exact).map((one) => foundRow(one, open, text)),
    }))
    .filter(({ rows }) => rows.length > 0);
}

/** What was opened last, while nothing is typed. */
export function recentSection(things: readonly Recent[], open: Open, text: Text): Section[] {
  if (things.length === 0) return [];
  const rows = things.map((thing) => ({
    id: `recent/${thing.kind}/${thing.id}`,
    mark: (
      <FoundMark
        found={{
          ...thing,
          title: [],
          excerpt: [],
          person: thing.kind === "person" ? thing.id : null,
          status: null,
          at: null,
          is_archived: false,
          exact: false,
        }}
      />
    ),
    name: thing.title,
    key: thing.kind === "card" || thing.kind === "initiative" ? thing.key : undefined,
    hint: thing.where,
    run: () => open(thing),
  }));
  return [{ id: "recent", title: text("palette.recent"), rows }];
}
