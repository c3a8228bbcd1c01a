import { Menu } from "@mantine/core";
import { useState } from "react";
import type { SavedView } from "../../api/types";
import { useText } from "../../i18n/language";
import { useNameOf, usePerson } from "../../live/hooks";
import { ConfirmDialog } from "../../ui/confirm-dialog";
import { glyphClass } from "../../ui/glyph";
import styles from "./bar-button.module.css";
import { useBoard } from "./board-context";
import { useViews } from "./use-board";
import { useLook } from "./use-look";
import { ViewDialog } from "./view-dialog";

/** Which saved view the board is looked at through; and everything that can be done with views. */
export function ViewsMenu() {
  const board = useBoard();
  const { views } = board;
  const { views: all, default: start } = useViews(board);
  const { view, named, isChanged, choose } = useLook(board.isMany, all, start);
  const text = useText();
  const [asked, ask] = useState<"save" | "rename" | "remove" | null>(null);
  const own = all.filter(({ is_shared }) => !is_shared);
  const shared = all.filter(({ is_shared }) => is_shared);
  const mayChange = view?.can.includes("change") ?? false;

  const group = (label: string, rows: SavedView[]) =>
    rows.length > 0 && (
      <>
        <Menu.Divider />
        <Menu.Label>{label}</Menu.Label>
        {[...rows]
          .sort((a, b) => a.name.localeCompare(b.name))
          .map((one) => (
            <Menu.RadioItem key={one.id} value={String(one.id)} closeMenuOnClick>
              {one.name}
              {one.id === start && <span className={styles.soft}> · {text("view.starts")}</span>}
            </Menu.RadioItem>
          ))}
      </>
    );

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
          <Menu.RadioGroup value={String(named)} onChange={(id) => choose(Number(id))}>
            <Menu.RadioItem value="0" closeMenuOnClick>
              {text("view.plain")}
              {start === null && <span className={styles.soft}> · {text("view.starts")}</span>}
            </Menu.RadioItem>
            {group(text("view.own"), own)}
            {group(text("view.shared"), shared)}
          </Menu.RadioGroup>
          {all.length === 0 && <p className={styles.teach}>{text("view.teach")}</p>}
          <Menu.Divider />
          {isChanged && view && mayChange && (
            <Menu.Item
              onClick={() =>
                void views.change(view.id, { settings: board.settings }).then(() => choose(view.id))
              }
            >
              {text("view.save_changes", { name: view.name })}
            </Menu.Item>
          )}
          <Menu.Item onClick={() => ask("save")}>{text(view ? "view.save_copy" : "view.save_as")}</Menu.Item>
          {isChanged && <Menu.Item onClick={() => choose(named)}>{text("view.reset")}</Menu.Item>}
          {named !== (start ?? 0) && (
            <Menu.Item onClick={() => void views.startWith(view?.id ?? null)}>
              {text("view.start_here")}
            </Menu.Item>
          )}
          {view && mayChange && (
            <>
              <Menu.Item onClick={() => ask("rename")}>{text("view.edit")}</Menu.Item>
              <Menu.Item color="red" onClick={() => ask("remove")}>
                {text("view.remove")}
              </Menu.Item>
            </>
          )}
          {view && <Owner id={view.owner} />}
        </Menu.Dropdown>
      </Menu>
      {(asked === "save" || asked === "rename") && (
        <ViewDialog
          view={asked === "rename" ? view : undefined}
          named={asked === "save" && view ? text("view.copy_of", { name: view.name }) : ""}
          onClose={() => ask(null)}
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
          onClose={() => ask(null)}
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
