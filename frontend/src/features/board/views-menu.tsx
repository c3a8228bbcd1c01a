import { Menu } from "@mantine/core";
import { Fragment } from "react";
import { useText } from "../../i18n/language";
import { useNameOf, usePerson } from "../../live/hooks";
import styles from "./bar-button.module.css";
import { ViewsFace } from "./bar-faces";
import { useBoard } from "./board-context";
import { useViewChoices } from "./use-view-choices";

/** Which saved view the board is looked at through; and everything that can be done with views. */
export function ViewsMenu() {
  const { view, lists, acts } = useViewChoices();
  const text = useText();
  const rows = lists.flatMap((list) => list.rows);

  return (
    <Menu defaultOpened position="bottom-start" width={268} withinPortal>
      <Menu.Target>
        <ViewsFace />
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
