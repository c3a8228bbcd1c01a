import { Modal } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { useText } from "../../i18n/language";
import { type Action, overlay } from "../../ui/actions";
import styles from "./palette.module.css";
import { PaletteField } from "./palette-field";
import { PaletteList } from "./palette-list";
import type { Row } from "./rows";
import { useChoosing } from "./use-choosing";
import { useSections } from "./use-sections";

/** Search and act from anywhere. `asked` is an action that wants to know what it is to be done with. */
export function Palette({ asked, typed = "" }: { asked?: Action | undefined; typed?: string | undefined }) {
  const text = useText();
  const [before] = useState(() => document.activeElement as HTMLElement | null);
  const [action, ask] = useState(asked);
  const [query, setQuery] = useState(typed);
  // While an input method composes, its letters are not yet what is meant.
  const [meant, mean] = useState(typed);
  const { sections, isSearching, hasFailed } = useSections(meant, action, open);
  const rows = sections.flatMap((section) => section.rows);
  const field = useRef<HTMLInputElement>(null);

  function type(text: string, isComposed = true) {
    setQuery(text);
    if (isComposed) mean(text);
  }

  function open(next: Action | undefined) {
    ask(next);
    type("");
    field.current?.focus();
  }

  /** The focus is back where it was before anything is done, so that what is done may move it on. */
  function close() {
    flushSync(() => overlay.set(null));
    if (before?.isConnected) before.focus({ preventScroll: true });
  }

  function choose(row: Row) {
    if (row.isDisabled) return;
    if (!row.isStaying) close();
    row.run();
    if (row.isStaying) type("");
  }

  const choosing = useChoosing(rows, `${action?.id ?? ""} ${meant}`, choose);
  useEffect(() => field.current?.focus(), []);

  return (
    <Modal
      opened
      onClose={close}
      withCloseButton={false}
      returnFocus={false}
      attributes={{ content: { "aria-label": text("palette.title") } }}
      size={640}
      yOffset="10vh"
      padding={0}
      classNames={{ content: styles.content, inner: styles.inner, body: styles.body }}
      transitionProps={{ duration: 0 }}
    >
      <PaletteField
        ref={field}
        query={query}
        action={action}
        activeId={choosing.activeId}
        onQuery={type}
        onBack={() => open(undefined)}
        onKey={choosing.onKey}
        onClose={close}
      />
      <PaletteList
        sections={sections}
        query={query}
        choosing={choosing}
        isMultiple={action?.isMultiple ?? false}
        isSearching={isSearching}
        hasFailed={hasFailed}
      />
    </Modal>
  );
}
