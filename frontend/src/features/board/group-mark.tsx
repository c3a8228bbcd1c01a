import { Avatar } from "../../ui/avatar";
import { functionColour } from "../../ui/function-colour";
import { glyphClass } from "../../ui/glyph";
import { LabelChip } from "../../ui/label-chip";
import { PriorityIcon } from "../../ui/priority-icon";
import { StatusIcon } from "../../ui/status-icon";
import { isClosed } from "./filter";
import styles from "./group-mark.module.css";
import type { Group } from "./groupings";

/** What stands before the name of a column or a lane, so that it is known at a glance. */
export function GroupMark({ group }: { group: Group }) {
  switch (group.mark) {
    case "status":
      return <StatusIcon category={group.status.category} color={group.status.color} />;
    case "category":
      return <StatusIcon category={group.category} color={CATEGORY_COLOURS[group.category]} />;
    case "function":
      return (
        <span
          className={`${styles.glyph} ${glyphClass(group.function.icon)}`}
          style={{ "--glyph-ink": functionColour(group.function.color) }}
        />
      );
    case "person":
      return <Avatar person={group.person} size="tiny" isNamed />;
    case "label":
      return <LabelChip color={group.label.color} />;
    case "priority":
      return group.priority ? <PriorityIcon priority={group.priority} /> : <span className={styles.none} />;
    case "account":
    case "initiative":
      return <span className={styles.code}>{group.code}</span>;
    default:
      return <span className={styles.none} />;
  }
}

const CATEGORY_COLOURS = {
  backlog: "grey",
  ready: "grey",
  active: "blue",
  waiting: "amber",
  review: "violet",
  done: "green",
  cancelled: "grey",
} as const;

/** A column of work that is over. */
export const isClosedGroup = (group: Group) =>
  (group.mark === "status" && isClosed(group.status.category)) ||
  (group.mark === "category" && isClosed(group.category));
