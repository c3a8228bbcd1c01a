import { Suspense } from "react";
import { useFormat } from "../../i18n/format";
import { loadMoreWords, useText } from "../../i18n/language";
import { useNameOf, useWorkspace } from "../../live/hooks";
import { functionColour } from "../../ui/function-colour";
import { glyphClass } from "../../ui/glyph";
import { whenFetched } from "../../ui/when-fetched";
import { useBoard } from "./board-context";
import styles from "./filter-bar.module.css";
import { FilterBox } from "./filter-box";
import { hasTerm, toggled } from "./query";
import type { Field } from "./query-words";
import { useSum } from "./use-arrangement";
import { useSummary } from "./use-summary";

// What only opens when it is asked for comes after the first paint, with its words.
const ViewsMenu = whenFetched(async () => {
  const [{ ViewsMenu }] = await Promise.all([import("./views-menu"), loadMoreWords()]);
  return { default: ViewsMenu };
});
const DisplayMenu = whenFetched(async () => {
  const [{ DisplayMenu }] = await Promise.all([import("./display-menu"), loadMoreWords()]);
  return { default: DisplayMenu };
});

/** Chips and a box that narrow the board down: two faces of one filter, which stands in the address. */
export function FilterBar() {
  const { settings, terms, look } = useBoard();
  const text = useText();
  const format = useFormat();
  const nameOf = useNameOf();
  const { functions } = useWorkspace();
  const summary = useSummary();
  const { total, seen } = useSum("all");
  const toggle = (field: Field, value: string) => look({ filter: toggled(settings.filter, field, value) });

  const facts = [
    { field: "is", value: "mine", word: text("board.filter_mine"), count: summary.mine },
    { field: "is", value: "overdue", word: text("board.filter_overdue"), count: summary.overdue },
    { field: "due", value: "week", word: text("board.filter_week"), count: summary.week },
    { field: "is", value: "blocked", word: text("board.filter_blocked"), count: summary.blocked },
    { field: "is", value: "changed", word: text("board.filter_changed"), count: summary.changed },
  ] as const;
  const parts = [...functions.values()]
    .sort((a, b) => a.position - b.position)
    .filter(({ id, code }) => summary.functions.has(id) || hasTerm(terms, "function", code));

  return (
    <div className={styles.bar}>
      <Suspense fallback={<span className={styles.room} />}>
        <ViewsMenu />
      </Suspense>
      <FilterBox />
      <div className={styles.chips} role="toolbar" aria-label={text("board.filters")}>
        {settings.filter !== "" && (
          <>
            <button
              type="button"
              className={`${styles.clear} ${glyphClass("cross")}`}
              onClick={() => look({ filter: "" })}
            >
              {text("board.filter_clear")}
            </button>
            <span className={styles.hidden} role="status">
              {total > seen && text("board.filter_hidden", { count: total - seen })}
            </span>
          </>
        )}
        {facts.map(({ field, value, word, count }) => (
          <button
            key={value}
            type="button"
            className={styles.chip}
            aria-pressed={hasTerm(terms, field, value)}
            onClick={() => toggle(field, value)}
          >
            {word} <span className={styles.count}>{format.number(count)}</span>
          </button>
        ))}
        {parts.length > 0 && <span className={styles.line} />}
        {parts.map((one) => (
          <button
            key={one.id}
            type="button"
            className={`${styles.chip} ${styles.part} ${glyphClass(one.icon)}`}
            style={{ "--glyph-ink": functionColour(one.color) }}
            aria-pressed={hasTerm(terms, "function", one.code)}
            onClick={() => toggle("function", one.code)}
          >
            {nameOf(one)}{" "}
            <span className={styles.count}>{format.number(summary.functions.get(one.id) ?? 0)}</span>
          </button>
        ))}
      </div>
      <Suspense fallback={<span className={styles.room} />}>
        <DisplayMenu />
      </Suspense>
    </div>
  );
}
