import type { ReactNode } from "react";
import { Field } from "../../ui/field";
import styles from "./settings-page.module.css";

type SwatchesProps = {
  label: string;
  choices: { id: string; name: string; look: ReactNode }[];
  chosen: string;
  onChange: (id: string) => void;
  reason?: string;
};

/** Small pictures to choose one of: colours, icons. */
export function Swatches({ label, choices, chosen, onChange, reason }: SwatchesProps) {
  return (
    <Field label={label} reason={reason}>
      {() => (
        <div className={styles.swatches} role="radiogroup" aria-label={label}>
          {choices.map(({ id, name, look }) => (
            // biome-ignore lint/a11y/useSemanticElements: a picture that is a choice, drawn as such
            <button
              key={id}
              type="button"
              role="radio"
              className={styles.swatch}
              aria-checked={id === chosen}
              aria-label={name}
              title={name}
              onClick={() => onChange(id)}
            >
              {look}
            </button>
          ))}
        </div>
      )}
    </Field>
  );
}
