import { Menu } from "@mantine/core";
import { Fragment } from "react";
import { useText } from "../../i18n/language";
import styles from "./bar-button.module.css";
import { DisplayFace } from "./bar-faces";
import { type DisplayList, useDisplay } from "./use-display";

/** What makes the columns and the lanes, what comes first, and what stands on the cards. */
export function DisplayMenu() {
  const text = useText();
  const lists = useDisplay();
  return (
    <Menu defaultOpened position="bottom-end" width={248} withinPortal closeOnItemClick={false}>
      <Menu.Target>
        <DisplayFace />
      </Menu.Target>
      <Menu.Dropdown className={styles.long}>
        {lists.map((list, at) => (
          <Fragment key={list.id}>
            {at > 0 && <Menu.Divider />}
            <Menu.Label>{text(list.title)}</Menu.Label>
            <Options {...list} />
          </Fragment>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Options({ id: list, options }: DisplayList) {
  if (list === "facts")
    return options.map(({ id, name, isChosen, run }) => (
      <Menu.CheckboxItem key={id} checked={isChosen} onChange={run}>
        {name}
      </Menu.CheckboxItem>
    ));
  return (
    <Menu.RadioGroup
      value={options.find(({ isChosen }) => isChosen)?.id ?? ""}
      onChange={(chosen) => options.find(({ id }) => id === chosen)?.run()}
    >
      {options.map(({ id, name }) => (
        <Menu.RadioItem key={id} value={id}>
          {name}
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  );
}
