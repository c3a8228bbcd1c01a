import { useText } from "../../i18n/language";
import { useNameOf, useWorkspace } from "../../live/hooks";
import { FunctionBadge } from "../../ui/function-badge";
import { FunctionDialog } from "./function-dialog";
import { KeptList } from "./kept-list";
import styles from "./settings-page.module.css";

/** The functions people work in: a colour, an icon and a word on every card. */
export function FunctionsSection() {
  const text = useText();
  const nameOf = useNameOf();
  const { functions, people } = useWorkspace();
  const rows = [...functions.values()].sort((a, b) => a.position - b.position || a.id - b.id);
  const crew = (id: number) =>
    [...people.values()].filter((person) => person.is_active && person.function === id).length;
  return (
    <KeptList
      title={text("settings.section_functions")}
      lead={text("settings.functions_lead")}
      add={text("settings.add_function")}
      rows={rows}
      path={({ id }) => `/functions/${id}`}
      isOrdered
      removeLead={text("settings.remove_function_lead")}
      shown={(row) => (
        <span className={styles.words}>
          <FunctionBadge of={row} />
          <small>
            {[nameOf(row) === row.name ? row.name_zh : row.name]
              .concat(text("account.people", { count: crew(row.id) }))
              .filter(Boolean)
              .join(" · ")}
          </small>
        </span>
      )}
      dialog={(row, close) => <FunctionDialog work={row} onClose={close} />}
    />
  );
}
