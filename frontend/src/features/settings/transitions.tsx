import { useState } from "react";
import type { Transition, Workflow, WorkStatus } from "../../api/types";
import { useFormat } from "../../i18n/format";
import { useText } from "../../i18n/language";
import { useNameOf, useWorkspace } from "../../live/hooks";
import { FunctionMarks } from "../../ui/function-marks";
import { Glyph } from "../../ui/glyph";
import page from "../../ui/page.module.css";
import { Panel } from "../../ui/panel";
import { StatusIcon } from "../../ui/status-icon";
import { inOrder } from "./in-order";
import { TransitionDialog } from "./transition-dialog";
import styles from "./transitions.module.css";

/** From where to where cards may go, and who may take them there. A cell opens what it says. */
export function Transitions({ workflow }: { workflow: Workflow }) {
  const text = useText();
  const nameOf = useNameOf();
  const format = useFormat();
  const { functions } = useWorkspace();
  const [edited, edit] = useState<{ source: WorkStatus; target: WorkStatus } | null>(null);
  const statuses = inOrder(workflow);
  const wayOf = (source: number, target: number) =>
    workflow.transitions.find((way) => way.source === source && way.target === target);
  const words = (way: Transition | undefined) => {
    if (!way) return text("settings.way_closed");
    if (way.functions.length === 0 && way.role === "") return text("settings.way_open");
    const who = way.functions
      .map((id) => functions.get(id))
      .filter((one) => one !== undefined)
      .map(nameOf);
    if (way.role) who.push(text(`initiatives.role_${way.role}`));
    return text("settings.way_only", { who: format.either(who) });
  };
  return (
    <Panel title={text("settings.transitions")}>
      <p className={page.soft}>{text("settings.transitions_lead")}</p>
      <div className={styles.scroll}>
        <table className={styles.matrix}>
          <thead>
            <tr>
              <td>{text("settings.from_to")}</td>
              {statuses.map((target) => (
                <th key={target.id} scope="col">
                  {nameOf(target)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {statuses.map((source) => (
              <tr key={source.id}>
                <th scope="row">
                  <StatusIcon category={source.category} color={source.color} /> {nameOf(source)}
                </th>
                {statuses.map((target) => {
                  if (source.id === target.id) return <td key={target.id} className={styles.self} />;
                  const way = wayOf(source.id, target.id);
                  const said = words(way);
                  return (
                    <td key={target.id}>
                      <button
                        type="button"
                        className={`${styles.cell} ${way ? styles.open : ""}`}
                        aria-label={text("settings.way", {
                          source: nameOf(source),
                          target: nameOf(target),
                          who: said,
                        })}
                        title={said}
                        onClick={() => edit({ source, target })}
                      >
                        <Way way={way} />
                      </button>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {edited && (
        <TransitionDialog
          workflow={workflow}
          {...edited}
          way={wayOf(edited.source.id, edited.target.id)}
          onClose={() => edit(null)}
        />
      )}
    </Panel>
  );
}

function Way({ way }: { way: Transition | undefined }) {
  const text = useText();
  const { functions } = useWorkspace();
  if (!way) return <span className={styles.closed}>–</span>;
  if (way.functions.length === 0 && way.role === "") return <Glyph name="tick" />;
  return (
    <>
      <FunctionMarks functions={way.functions.map((id) => functions.get(id))} />
      {way.role && <small>{text(`initiatives.role_${way.role}`)}</small>}
    </>
  );
}
