import { Fragment, type KeyboardEvent, type ReactNode, useLayoutEffect, useRef } from "react";
import { Glyph } from "../../ui/glyph";
import styles from "./move-to-form.module.css";
import type { Remedy } from "./use-remedies";

type Choice = {
  key: string;
  mark: ReactNode;
  name: string;
  detail?: string;
  isRefused?: boolean;
  remedies?: Remedy[];
};

/** One of several, each with its picture and a line about it; a refused one stays readable. Enter takes it at once. */
export function Choices({
  label,
  choices,
  chosen,
  choose,
  take,
  focuses,
  isTitled,
}: {
  label: string;
  choices: Choice[];
  chosen: string;
  choose: (key: string) => void;
  take?: (key: string) => void;
  focuses?: boolean;
  isTitled?: boolean;
}) {
  const list = useRef<HTMLDivElement>(null);
  // A dialog's own focus comes a moment after it is seen, and the keys of whoever is quick would be lost.
  useLayoutEffect(() => {
    if (focuses) list.current?.querySelector<HTMLElement>("[data-autofocus]")?.focus({ preventScroll: true });
  }, [focuses]);

  function onKeyDown(event: KeyboardEvent) {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const buttons = [
      ...(list.current?.querySelectorAll<HTMLElement>("[role=radio]:not([aria-disabled])") ?? []),
    ];
    const at = buttons.indexOf(document.activeElement as HTMLElement);
    const next = buttons[(at + by + buttons.length) % buttons.length];
    next?.focus();
    if (next?.dataset.key) choose(next.dataset.key);
  }

  return (
    <div ref={list} role="radiogroup" aria-label={label} onKeyDown={onKeyDown}>
      {isTitled && <p className={styles.label}>{label}</p>}
      {choices.map(({ key, mark, name, detail, isRefused, remedies = [] }) => (
        <Fragment key={key}>
          {/* biome-ignore lint/a11y/useSemanticElements: Enter moves at once and a refused choice stays readable, unlike an input */}
          <button
            type="button"
            role="radio"
            data-key={key}
            data-autofocus={(focuses && key === chosen) || undefined}
            className={styles.choice}
            aria-checked={key === chosen}
            aria-disabled={isRefused || undefined}
            tabIndex={key === chosen ? 0 : -1}
            onClick={() => !isRefused && choose(key)}
            onDoubleClick={() => !isRefused && take?.(key)}
            onKeyDown={(event) => {
              if (event.key !== "Enter" || isRefused || !take) return;
              event.preventDefault();
              take(key);
            }}
          >
            {mark}
            <span className={styles.words}>
              {name}
              {detail && <small>{detail}</small>}
            </span>
            {key === chosen && <Glyph name="tick" />}
          </button>
          {remedies.length > 0 && (
            <span className={styles.remedies}>
              {remedies.map(({ word, run }) => (
                <button key={word} type="button" className={styles.remedy} onClick={run}>
                  {word}
                </button>
              ))}
            </span>
          )}
        </Fragment>
      ))}
    </div>
  );
}
