import { Button } from "@mantine/core";
import {
  IconArchive,
  IconArrowRight,
  IconCalendar,
  IconCheck,
  IconEye,
  IconLink,
  IconMessage,
  IconPaperclip,
  IconPencil,
  IconPlus,
  IconTransfer,
  IconUser,
} from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useFormat } from "../../i18n/format";
import { useText } from "../../i18n/language";
import { Phrase } from "../../i18n/phrase";
import { useCard } from "./card-context";
import sheet from "./card-sheet.module.css";
import { describeHistory, type Kind, type Line } from "./describe-history";
import styles from "./history.module.css";
import { useHistoryNames } from "./use-history-names";

const ICONS: Record<Kind, typeof IconPlus> = {
  create: IconPlus,
  move: IconArrowRight,
  word: IconPencil,
  person: IconUser,
  day: IconCalendar,
  tick: IconCheck,
  link: IconLink,
  talk: IconMessage,
  file: IconPaperclip,
  watch: IconEye,
  hand: IconTransfer,
  away: IconArchive,
};
const FIRST = 12;
/** Letters of a name, key or day that stays on one line. */
const WHOLE = 16;

/** What happened to the card, in sentences, newest first. */
export function History() {
  const { history, hasOlder, details } = useCard();
  const text = useText();
  const names = useHistoryNames();
  const [isWhole, setWhole] = useState(false);
  const lines = describeHistory(history, names);
  const shown = isWhole ? lines : lines.slice(0, FIRST);
  const isMore = shown.length < lines.length || hasOlder;
  return (
    <section className={sheet.section} aria-label={text("card.history")}>
      <h3>{text("card.history")}</h3>
      <ol className={styles.list}>
        {shown.map((line) => (
          <Sentence key={line.id} line={line} name={names.person(line.actor)} />
        ))}
      </ol>
      {isMore && (
        <Button
          size="compact-xs"
          variant="subtle"
          onClick={() => (isWhole ? void details.loadOlder() : setWhole(true))}
        >
          {text("card.older")}
        </Button>
      )}
    </section>
  );
}

function Sentence({ line, name }: { line: Line; name: string }) {
  const format = useFormat();
  const text = useText();
  const Icon = ICONS[line.kind];
  return (
    <li>
      <Icon size={15} stroke={1.6} aria-hidden />
      <span>
        <Phrase id={line.key} values={{ ...wholeValues(line), name: <b>{name}</b> }} />{" "}
        {line.isUndo && <em className={styles.undo}>{text("history.undo")} </em>}
        <time dateTime={line.at} title={format.fullMoment(line.at)}>
          · {format.ago(line.at)}
        </time>
      </span>
    </li>
  );
}

function wholeValues({ values }: Line): Record<string, ReactNode> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      value.length > WHOLE ? (
        value
      ) : (
        <span key={name} className={styles.whole}>
          {value}
        </span>
      ),
    ]),
  );
}
