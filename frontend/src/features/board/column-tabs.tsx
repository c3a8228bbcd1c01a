import { type RefObject, useEffect, useRef, useSyncExternalStore } from "react";
import { useFormat } from "../../i18n/format";
import { useText } from "../../i18n/language";
import { useBoard } from "./board-context";
import styles from "./column-tabs.module.css";
import { GroupMark } from "./group-mark";
import type { Group } from "./groupings";
import { useSum } from "./use-arrangement";

/** On a phone: which column fills the screen, and the way to the others. Hidden where all of them are side by side. */
export function ColumnTabs({ groups, columns }: { groups: Group[]; columns: RefObject<HTMLElement | null> }) {
  const { view } = useBoard();
  const text = useText();
  const page = useSyncExternalStore(view.page.subscribe, view.page.get);
  const current = page ?? groups[0]?.key;
  const strip = useRef<HTMLElement>(null);
  /** The column that was picked and is still being scrolled to. It is the current one from the tap on. */
  const onTheWay = useRef<string | null>(null);

  useEffect(() => {
    const element = columns.current;
    if (!element) return;
    const look = () => {
      const index = Math.round(element.scrollLeft / Math.max(1, element.clientWidth));
      const key = groups[index]?.key ?? null;
      if (key === onTheWay.current) onTheWay.current = null;
      if (onTheWay.current === null) view.page.set(key);
    };
    // What takes the focus meanwhile stops the scrolling half-way: the rest is done at once.
    const arrive = () => {
      const index = groups.findIndex(({ key }) => key === onTheWay.current);
      onTheWay.current = null;
      if (index >= 0) element.scrollTo({ left: index * element.clientWidth, behavior: "instant" });
      else look();
    };
    const steer = () => {
      onTheWay.current = null;
    };
    const listening = new AbortController();
    const how = { passive: true, signal: listening.signal };
    element.addEventListener("scroll", look, how);
    element.addEventListener("scrollend", arrive, how);
    for (const byHand of ["pointerdown", "wheel"]) element.addEventListener(byHand, steer, how);
    return () => listening.abort();
  }, [columns, groups, view]);

  useEffect(() => {
    const tab = strip.current?.querySelector<HTMLElement>(`[data-tab="${current}"]`);
    if (tab && strip.current) strip.current.scrollTo({ left: tab.offsetLeft - 48, behavior: "smooth" });
  }, [current]);

  const go = (index: number) => {
    const element = columns.current;
    if (!element) return;
    const key = groups[index]?.key ?? null;
    const left = index * element.clientWidth;
    if (element.scrollLeft !== left) onTheWay.current = key;
    view.page.set(key);
    element.scrollTo({ left, behavior: "smooth" });
  };
  return (
    <nav ref={strip} className={styles.tabs} aria-label={text("board.columns")}>
      {groups.map((group, index) => (
        <Tab key={group.key} group={group} isCurrent={group.key === current} onPick={() => go(index)} />
      ))}
    </nav>
  );
}

function Tab({ group, isCurrent, onPick }: { group: Group; isCurrent: boolean; onPick: () => void }) {
  const text = useText();
  const format = useFormat();
  const { total } = useSum("column", group.key);
  const limit = group.mark === "status" ? group.status.limit : null;
  return (
    <button
      type="button"
      className={styles.tab}
      data-tab={group.key}
      aria-current={isCurrent || undefined}
      onClick={onPick}
    >
      <GroupMark group={group} />
      {group.name}
      {limit !== null && total > limit ? (
        <span className={styles.over}>{text("board.over_limit", { total, limit })}</span>
      ) : (
        <span className={styles.count}>{format.number(total)}</span>
      )}
    </button>
  );
}
