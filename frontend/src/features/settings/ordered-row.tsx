import { ActionIcon, Button } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconTrash } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useText } from "../../i18n/language";
import styles from "./settings-page.module.css";

type OrderedRowProps = {
  name: string;
  onEdit: () => void;
  onRemove: () => void;
  /** Moves the row by −1 or +1; missing where order doesn't matter. */
  onMove?: (by: -1 | 1) => void;
  isFirst?: boolean;
  isLast?: boolean;
  more?: ReactNode;
  children: ReactNode;
};

/** A line of a list that administrators keep: edit, move, remove. */
export function OrderedRow(props: OrderedRowProps) {
  const { name, onEdit, onRemove, onMove, isFirst, isLast, more, children } = props;
  const text = useText();
  return (
    <li>
      {children}
      <span className={styles.end}>
        {onMove && (
          <>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={text("settings.move_up", { name })}
              disabled={isFirst}
              onClick={() => onMove(-1)}
            >
              <IconArrowUp size={16} stroke={1.7} aria-hidden />
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={text("settings.move_down", { name })}
              disabled={isLast}
              onClick={() => onMove(1)}
            >
              <IconArrowDown size={16} stroke={1.7} aria-hidden />
            </ActionIcon>
          </>
        )}
        {more}
        <Button
          size="compact-sm"
          variant="default"
          aria-label={text("settings.edit_of", { name })}
          onClick={onEdit}
        >
          {text("action.edit")}
        </Button>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={text("settings.remove_of", { name })}
          onClick={onRemove}
        >
          <IconTrash size={16} stroke={1.7} aria-hidden />
        </ActionIcon>
      </span>
    </li>
  );
}
