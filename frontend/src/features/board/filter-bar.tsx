import { useFormat } from "../../i18n/format";
import { loadMoreWords, useText } from "../../i18n/language";
import { functionColour } from "../../ui/function-colour";
import { glyphClass } from "../../ui/glyph";
import { onDemand } from "../../ui/on-demand";
import { DisplayFace, ViewsFace } from "./bar-faces";
import { useBoard } from "./board-context";
import styles from "./filter-bar.module.css";
import { FilterBox } from "./filter-box";
import { useSum } from "./use-arrangement";
import { type ShownChip, useChips } from "./use-chips";

const ViewsButton = onDemand(async () => {
  const [{ ViewsMenu }] = await Promise.all([import("./views-menu"), loadMoreWords()]);
  return { default: ViewsMenu };
}, ViewsFace);
const DisplayButton = onDemand(async () => {
  const [{ DisplayMenu }] = await Promise.all([import("./display-menu"), loadMoreWords()]);
  return { default: DisplayMenu };
}, DisplayFace);

/** Chips and a box that narrow the board down: two faces of one filter, which stands in the address. */
export function FilterBar() {
  const { settings, look } = useBoard();
  const text = useText();
  const chips = useChips();
  const { total, seen } = useSum("all");
  const facts = chips.filter(({ chip }) => "word" in chip);
  const parts = chips.filter(({ chip }) => "function" in chip);

  return (
    <div className={styles.bar}>
      <ViewsButton />
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
        {facts.map((one) => (
          <ChipButton key={one.chip.value} {...one} />
        ))}
        {parts.length > 0 && <span className={styles.line} />}
        {parts.map((one) => (
          <ChipButton key={one.chip.value} {...one} />
        ))}
      </div>
      <DisplayButton />
    </div>
  );
}

function ChipButton({ chip, name, count, isPressed, press }: ShownChip) {
  const format = useFormat();
  const of = "function" in chip ? chip.function : null;
  return (
    <button
      type="button"
      className={of ? `${styles.chip} ${styles.part} ${glyphClass(of.icon)}` : styles.chip}
      style={of ? { "--glyph-ink": functionColour(of.color) } : undefined}
      aria-pressed={isPressed}
      onClick={press}
    >
      {name} <span className={styles.count}>{format.number(count)}</span>
    </button>
  );
}
