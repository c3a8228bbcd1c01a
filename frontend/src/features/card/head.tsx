import { ActionIcon, Button, CloseButton, Tooltip } from "@mantine/core";
import "@mantine/core/styles/Tooltip.layer.css";
import { IconArrowDown, IconArrowUp, IconEye, IconEyeOff, IconLink } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useText } from "../../i18n/language";
import { useColumn } from "../../live/board-hooks";
import { setWatching } from "../../live/card-commands";
import { useFunction, useNameOf } from "../../live/hooks";
import { FunctionBadge } from "../../ui/function-badge";
import { useActions } from "../../ui/use-actions";
import { useCard } from "./card-context";
import { CardMenu } from "./card-menu";
import styles from "./head.module.css";
import { Readers } from "./readers";

/** Which card this is, its neighbours in the column, who else reads it, and what can be done with it. */
export function Head({ onClose }: { onClose: () => void }) {
  const { store, task, project, statuses, me, canComment } = useCard();
  const text = useText();
  const nameOf = useNameOf();
  const navigate = useNavigate();
  const work = useFunction(task.function);
  const column = useColumn(store, task.status);
  const [isCopied, setCopied] = useState(false);
  const place = column.indexOf(task.id);
  const status = statuses.find(({ id }) => id === task.status);
  const isWatching = task.watchers.includes(me.id);

  const go = (by: number) => {
    const number = store.card(column[place + by] ?? 0)?.number;
    if (!number) return;
    const cardKey = `${project.key}-${number}`;
    const params = (now: object) => ({ ...now, cardKey });
    void navigate({ to: ".", params, search: (search) => search, replace: true });
  };
  const copy = async () => {
    await copyText(`${location.origin}/b/${project.key}/${task.key}`);
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  };
  const common = { group: "card", about: () => task.key } as const;
  useActions("sheet", [
    {
      ...common,
      id: "sheet.previous",
      word: "card.previous",
      icon: IconArrowUp,
      keys: ["k"],
      isOffered: () => place > 0,
      run: () => go(-1),
    },
    {
      ...common,
      id: "sheet.next",
      word: "card.next",
      icon: IconArrowDown,
      keys: ["j"],
      isOffered: () => place >= 0 && place < column.length - 1,
      run: () => go(1),
    },
    {
      ...common,
      id: "sheet.copy",
      word: "card.copy_link",
      icon: IconLink,
      keys: ["y"],
      run: () => void copy(),
    },
    {
      ...common,
      id: "sheet.watch",
      word: isWatching ? "card.unwatch" : "card.watch",
      icon: isWatching ? IconEyeOff : IconEye,
      keys: ["w"],
      isOffered: () => canComment,
      run: () => setWatching(store, task, me.id, !isWatching),
    },
  ]);
  return (
    <header className={styles.head} tabIndex={-1} data-autofocus>
      <FunctionBadge of={work} className={styles.function} />
      <span className={styles.key}>{task.key}</span>
      {place >= 0 && status && (
        <span className={styles.place}>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={text("card.previous")}
            disabled={place === 0}
            onClick={() => go(-1)}
          >
            <IconArrowUp size={17} stroke={1.7} aria-hidden />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={text("card.next")}
            disabled={place === column.length - 1}
            onClick={() => go(1)}
          >
            <IconArrowDown size={17} stroke={1.7} aria-hidden />
          </ActionIcon>
          <span className={styles.words}>
            {text("card.place", { place: place + 1, total: column.length, column: nameOf(status) })}
          </span>
        </span>
      )}
      <span className={styles.grow} />
      <Readers />
      {canComment && (
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          className={styles.watch}
          aria-pressed={isWatching}
          aria-label={text(isWatching ? "card.watching" : "card.watch")}
          leftSection={
            isWatching ? (
              <IconEye size={16} stroke={1.7} aria-hidden />
            ) : (
              <IconEyeOff size={16} stroke={1.7} aria-hidden />
            )
          }
          onClick={() => setWatching(store, task, me.id, !isWatching)}
        >
          {text(isWatching ? "card.watching" : "card.watch")}
        </Button>
      )}
      <Tooltip label={text(isCopied ? "forms.copied" : "card.copy_link")} openDelay={300}>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={text("card.copy_link")}
          onClick={() => void copy()}
        >
          <IconLink size={17} stroke={1.7} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <span role="status" className="sr-only">
        {isCopied && text("forms.copied")}
      </span>
      <CardMenu onGone={onClose} />
      <CloseButton aria-label={text("action.close")} onClick={onClose} />
    </header>
  );
}

/** Browsers keep the clipboard from pages that came over plain http, as in an office network. */
async function copyText(words: string) {
  if (navigator.clipboard) return navigator.clipboard.writeText(words);
  const area = document.createElement("textarea");
  area.value = words;
  (document.querySelector("[role=dialog]") ?? document.body).append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}
