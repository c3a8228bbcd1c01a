import { IconCheck, IconChevronRight } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { KeyCaps } from "../../ui/key-caps";
import styles from "./palette.module.css";
import type { Row } from "./rows";
import { type Choosing, rowId } from "./use-choosing";

/** One line: what it is, what it is about, and the keys that do the same. */
export function PaletteRow({ row, index, choosing }: { row: Row; index: number; choosing: Choosing }) {
  const element = useRef<HTMLDivElement>(null);
  const isActive = choosing.index === index;
  const Icon = row.icon;
  useEffect(() => {
    if (isActive) element.current?.scrollIntoView?.({ block: "nearest" });
  }, [isActive]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are heard in the field, which keeps the focus
    <div
      ref={element}
      id={rowId(index)}
      role="option"
      tabIndex={-1}
      className={styles.row}
      aria-selected={isActive}
      aria-checked={row.isChosen}
      aria-disabled={row.isDisabled || undefined}
      onMouseMove={() => choosing.point(index)}
      onClick={() => choosing.choose(row)}
    >
      <span className={styles.mark}>{row.mark ?? (Icon && <Icon size={17} stroke={1.6} />)}</span>
      {row.key && <span className={styles.key}>{row.key}</span>}
      <span className={styles.name}>
        {row.name}
        {row.detail && <span className={styles.detail}>{row.detail}</span>}
      </span>
      {row.hint && <span className={styles.hint}>{row.hint}</span>}
      {row.isChosen && <IconCheck className={styles.tick} size={16} stroke={2} aria-hidden />}
      {row.keys && (
        <span className={styles.keys}>
          <KeyCaps keys={[row.keys]} />
        </span>
      )}
      {row.isOpening && <IconChevronRight size={15} stroke={1.8} aria-hidden />}
    </div>
  );
}
