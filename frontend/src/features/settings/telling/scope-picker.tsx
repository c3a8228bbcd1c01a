import { Button } from "@mantine/core";
import type { Choices } from "../../../api/inbox-types";
import { useText } from "../../../i18n/language";
import page from "../../../ui/page.module.css";
import { Picker } from "../../../ui/picker";
import type { Wish } from "./effective";
import styles from "./telling.module.css";
import { useScopes } from "./use-scopes";

/** Everywhere, or one account or initiative that differs; those that do stand first. */
export function ScopePicker({
  scope,
  choices,
  onScope,
  onBack,
}: {
  scope: string;
  choices: Choices;
  onScope: (scope: string) => void;
  onBack: (wishes: Wish[]) => void;
}) {
  const text = useText();
  const scopes = useScopes();
  const own = new Set(choices.choices.map((one) => one.scope).filter(Boolean));
  const ordered = [...scopes].sort((a, b) => Number(own.has(b.id)) - Number(own.has(a.id)));
  const everywhere = { id: "", name: text("telling.everywhere") };
  const offered = [
    everywhere,
    ...ordered.map((one) => (own.has(one.id) ? { ...one, hint: text("telling.has_own") } : one)),
  ];
  const here = choices.choices.filter((one) => one.scope === scope);
  return (
    <div className={styles.scope}>
      <Picker
        label={text("telling.for")}
        look="field"
        choices={offered}
        chosen={[scope]}
        onChange={([id]) => onScope(String(id ?? ""))}
      >
        {offered.find(({ id }) => id === scope)?.name}
      </Picker>
      {scope && <span className={page.small}>{text("telling.only_here")}</span>}
      {scope && here.length > 0 && (
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => onBack(here.map(({ reason, way }) => ({ reason, way, scope, is_on: null })))}
        >
          {text("telling.back")}
        </Button>
      )}
    </div>
  );
}
