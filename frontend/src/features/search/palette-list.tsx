import { useText } from "../../i18n/language";
import styles from "./palette.module.css";
import { PaletteRow } from "./palette-row";
import type { Section } from "./rows";
import { type Choosing, LIST } from "./use-choosing";

type PaletteListProps = {
  sections: Section[];
  query: string;
  choosing: Choosing;
  isMultiple: boolean;
  isSearching: boolean;
  hasFailed: boolean;
};

/** Everything that fits, by kind. */
export function PaletteList(props: PaletteListProps) {
  const { sections, query, choosing, isMultiple, isSearching, hasFailed } = props;
  const text = useText();
  const total = sections.reduce((sum, { rows }) => sum + rows.length, 0);
  let index = 0;
  return (
    <>
      {total === 0 && !isSearching && !hasFailed && (
        <p className={styles.nothing}>{text("palette.nothing", { query: query.trim() })}</p>
      )}
      {hasFailed && <p className={styles.nothing}>{text("palette.failed")}</p>}
      <div
        id={LIST}
        className={styles.list}
        role="listbox"
        aria-label={text("palette.title")}
        aria-multiselectable={isMultiple || undefined}
        // The focus stays in the field while a row is pressed.
        onMouseDown={(event) => event.preventDefault()}
      >
        {sections.map((section) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options in a list has no element of its own
          <div key={section.id} role="group" aria-labelledby={`palette-${section.id}`}>
            <div className={styles.heading} id={`palette-${section.id}`}>
              {section.title}
            </div>
            {section.rows.map((row) => (
              <PaletteRow key={row.id} row={row} index={index++} choosing={choosing} />
            ))}
          </div>
        ))}
      </div>
      <p className="sr-only" role="status">
        {query && !isSearching && text("palette.found", { count: total })}
      </p>
    </>
  );
}
