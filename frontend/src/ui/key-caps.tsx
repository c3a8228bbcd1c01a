import { Fragment } from "react";
import { useText } from "../i18n/language";
import styles from "./key-caps.module.css";
import { capsOf } from "./keys";

/** The caps to press, as they are printed; with several ways, each of them. */
export function KeyCaps({ keys }: { keys: readonly string[] }) {
  const text = useText();
  return (
    <span className={styles.caps}>
      {capsOf(keys).map((names, index) => (
        <Fragment key={names.join(" ")}>
          {index > 0 && <span className={styles.or}>{text("keys.or")}</span>}
          {names.map((name, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the caps of one key never change their order
            <kbd key={place}>{name}</kbd>
          ))}
        </Fragment>
      ))}
    </span>
  );
}
