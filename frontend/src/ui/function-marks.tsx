import type { WorkFunction } from "../api/types";
import { useLocale } from "../i18n/language";
import { nameIn } from "../i18n/names";
import { functionColour } from "./function-colour";
import styles from "./function-marks.module.css";
import { Glyph } from "./glyph";

/** The functions that take part, as small pictures with their names behind them: for tables, where words don't fit. */
export function FunctionMarks({ functions }: { functions: (WorkFunction | undefined)[] }) {
  const { language } = useLocale();
  return (
    <span className={styles.marks}>
      {functions.map(
        (one) =>
          one && (
            <span key={one.id} style={{ color: functionColour(one.color) }}>
              <Glyph name={one.icon} label={nameIn(language, one)} size={16} />
            </span>
          ),
      )}
    </span>
  );
}
