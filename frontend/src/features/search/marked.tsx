import { Fragment } from "react";
import type { TextPart } from "../../api/types";
import styles from "./marked.module.css";

/** A text in which what was searched for stands out. */
export function Marked({ parts }: { parts: TextPart[] }) {
  return parts.map(({ text, hit }, index) =>
    hit ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never change their order
      <mark key={index} className={styles.hit}>
        {text}
      </mark>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: as above
      <Fragment key={index}>{text}</Fragment>
    ),
  );
}
