import type { Touched } from "../../api/types";
import { useText } from "../../i18n/language";
import { useNameOf } from "../../live/hooks";
import styles from "./touched-cards.module.css";
import type { Touching } from "./touching";
import { useTouched } from "./use-touched";

const MOST_INITIATIVES = 5;

/** Which cards a change would touch, said before anybody confirms it. */
export function TouchedCards({ touching }: { touching: Touching }) {
  const text = useText();
  const { data, isError } = useTouched(touching);
  return (
    <section className={styles.touched} aria-label={text("settings.touched")} aria-live="polite">
      {data ? (
        <Found by={touching.by} touched={data} />
      ) : (
        <p>{text(isError ? "settings.touched_failed" : "settings.touched_asking")}</p>
      )}
    </section>
  );
}

function Found({ by, touched }: { by: Touching["by"]; touched: Touched }) {
  const text = useText();
  const { cards, archived, hidden, first } = touched;
  if (cards + hidden === 0) return <p>{text("settings.touched_none")}</p>;
  return (
    <>
      <p>
        <strong>{text(`settings.touched_${by}`, { count: cards })}</strong>
        {archived > 0 && <> · {text("settings.touched_archived", { count: archived })}</>}
      </p>
      <Initiatives touched={touched} />
      {first.length > 0 && (
        <ul>
          {first.map(({ id, key, title }) => (
            <li key={id}>
              <CardLink cardKey={key} /> {title}
            </li>
          ))}
          {cards > first.length && (
            <li>{text("settings.touched_more_cards", { count: cards - first.length })}</li>
          )}
        </ul>
      )}
      {hidden > 0 && <p>{text("settings.touched_hidden", { count: hidden })}</p>}
    </>
  );
}

function Initiatives({ touched: { initiatives, initiatives_total } }: { touched: Touched }) {
  const text = useText();
  const nameOf = useNameOf();
  const shown = initiatives.slice(0, MOST_INITIATIVES);
  if (shown.length === 0) return null;
  return (
    <ul>
      {shown.map((one) => (
        <li key={one.id}>
          <Away to={`/b/${one.key}`}>{one.key}</Away> {nameOf(one)}
          <small>{text("board.cards", { count: one.cards })}</small>
        </li>
      ))}
      {initiatives_total > shown.length && (
        <li>{text("settings.touched_more_initiatives", { count: initiatives_total - shown.length })}</li>
      )}
    </ul>
  );
}

const CardLink = ({ cardKey }: { cardKey: string }) => (
  <Away to={`/b/${cardKey.replace(/-\d+$/, "")}/${cardKey}`}>{cardKey}</Away>
);

/** Opens beside the page, so that what was entered in the dialog stays. */
const Away = ({ to, children }: { to: string; children: string }) => (
  <a href={to} target="_blank" rel="noopener">
    {children}
  </a>
);
