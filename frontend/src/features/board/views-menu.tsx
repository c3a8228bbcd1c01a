import { Menu } from "@mantine/core";
import { Fragment, useSyncExternalStore } from "react";
import { useText } from "../../i18n/language";
import { useNameOf, usePerson } from "../../live/hooks";
import { ConfirmDialog } from "../../ui/confirm-dialog";
import { glyphClass } from "../../ui/glyph";
import styles from "./bar-button.module.css";
import { useBoard } from "./board-context";
import { useViewChoices } from "./use-view-choices";
import { ViewDialog } from "./view-dialog";

/** Which saved view the board is looked at through; and everything that can be done with views. */
export function ViewsMenu() {
  const { view: state, views } = useBoard();
  const { view, isChanged, choose, lists, acts } = useViewChoices();
  const text = useText();
  const asked = useSyncExternalStore(state.viewDialog.subscribe, state.viewDialog.get);
  const close = () => state.viewDialog.set(null);
  const rows = lists.flatMap((list) => list.rows);

  return (
    <>
      <Menu position="bottom-start" width={268} withinPortal>
        <Menu.Target>
          <button
            type="button"
            className={`${styles.button} ${styles.first} ${glyphClass("layers")}`}
            title={text("view.title")}
          >
            <span className="sr-only">{text("view.title")}: </span>
            <span className={styles.name}>{view?.name ?? text("view.plain")}</span>
            {isChanged && <span className={styles.soft}>{text("view.changed")}</span>}
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.RadioGroup
            value={String(view?.id ?? 0)}
            onChange={(chosen) => rows.find(({ id }) => String(id) === chosen)?.run()}
          >
            {lists.map((list) => (
              <Fragment key={list.title}>
                {list.title && <Menu.Divider />}
                {list.title && <Menu.Label>{text(list.title)}</Menu.Label>}
                {list.rows.map(({ id, name, isStart }) => (
                  <Menu.RadioItem key={id} value={String(id)} closeMenuOnClick>
                    {name}
                    {isStart && <span className={styles.soft}> · {text("view.starts")}</span>}
                  </Menu.RadioItem>
                ))}
              </Fragment>
            ))}
          </Menu.RadioGroup>
          {rows.length === 1 && <p className={styles.teach}>{text("view.teach")}</p>}
          <Menu.Divider />
          {acts.map(({ id, word, isDanger, run }) => (
            <Menu.Item key={id} color={isDanger ? "red" : undefined} onClick={run}>
              {text(word)}
            </Menu.Item>
          ))}
          {view && <Owner id={view.owner} />}
        </Menu.Dropdown>
      </Menu>
      {(asked === "save" || asked === "rename") && (
        <ViewDialog
          view={asked === "rename" ? view : undefined}
          named={asked === "save" && view ? text("view.copy_of", { name: view.name }) : ""}
          onClose={close}
          onMade={choose}
        />
      )}
      {asked === "remove" && view && (
        <ConfirmDialog
          title={text("view.remove_title", { name: view.name })}
          lead={text(view.is_shared ? "view.remove_shared" : "view.remove_own")}
          action={text("action.remove")}
          isDanger
          onConfirm={async () => {
            await views.remove(view.id);
            choose(0);
          }}
          onClose={close}
        />
      )}
    </>
  );
}

/** Whose view this is, where it isn't one's own. */
function Owner({ id }: { id: number }) {
  const { me } = useBoard();
  const text = useText();
  const nameOf = useNameOf();
  const person = usePerson(id);
  if (!person || id === me.id) return null;
  return <p className={styles.teach}>{text("view.by", { name: nameOf(person) })}</p>;
}
