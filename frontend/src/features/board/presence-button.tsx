import type { ComponentProps } from "react";
import type { Person } from "../../api/types";
import { useFormat } from "../../i18n/format";
import { useText } from "../../i18n/language";
import { useNameOf } from "../../live/hooks";
import { Faces } from "../../ui/faces";
import { useIsPhone } from "../../ui/use-is-phone";
import styles from "./presence.module.css";

/** The faces of those who are here; a click says their names. */
export function PresenceButton({ others, ...rest }: ComponentProps<"button"> & { others: Person[] }) {
  const text = useText();
  const format = useFormat();
  const nameOf = useNameOf();
  const isPhone = useIsPhone();
  const said = text("board.here", { count: others.length, names: format.list(others.map(nameOf)) });
  return (
    <button type="button" {...rest} className={styles.presence} title={said} aria-label={said}>
      <Faces people={others} most={isPhone ? 2 : 4} size={isPhone ? "small" : "medium"} areHere />
    </button>
  );
}
