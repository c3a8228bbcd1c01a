import { Menu } from "@mantine/core";
import type { CardFact, GroupField, SortField } from "../../api/types";
import type { TextKey } from "../../i18n/catalogue";
import { useText } from "../../i18n/language";
import { glyphClass } from "../../ui/glyph";
import { useIsPhone } from "../../ui/use-is-phone";
import styles from "./bar-button.module.css";
import { useBoard } from "./board-context";
import { CARD_FACTS, groupFieldsOf, sortFieldsOf } from "./settings";

/** What makes the columns and the lanes, what comes first, and what stands on the cards. */
export function DisplayMenu() {
  const { settings, isMany, look } = useBoard();
  const text = useText();
  const isPhone = useIsPhone();
  const fields = groupFieldsOf(isMany);
  const { columns, lanes, sort, hidden } = settings;
  const facts = CARD_FACTS.filter((fact) => isMany || fact !== "account");
  const toggle = (fact: CardFact) =>
    look({ hidden: hidden.includes(fact) ? hidden.filter((one) => one !== fact) : [...hidden, fact] });

  return (
    <Menu position="bottom-end" width={248} withinPortal closeOnItemClick={false}>
      <Menu.Target>
        <button type="button" className={`${styles.button} ${glyphClass("display")}`}>
          <span className={styles.name}>{text("view.display")}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown className={styles.long}>
        <Menu.Label>{text("view.columns")}</Menu.Label>
        <Menu.RadioGroup
          value={columns}
          onChange={(field) => look({ columns: field as GroupField, ...(field === lanes && { lanes: "" }) })}
        >
          {fields.map((field) => (
            <Menu.RadioItem key={field} value={field}>
              {text(`view.by_${field}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        {!isPhone && (
          <>
            <Menu.Divider />
            <Menu.Label>{text("view.lanes")}</Menu.Label>
            <Menu.RadioGroup value={lanes} onChange={(field) => look({ lanes: field as GroupField | "" })}>
              <Menu.RadioItem value="">{text("view.no_lanes")}</Menu.RadioItem>
              {fields
                .filter((field) => field !== columns)
                .map((field) => (
                  <Menu.RadioItem key={field} value={field}>
                    {text(`view.by_${field}`)}
                  </Menu.RadioItem>
                ))}
            </Menu.RadioGroup>
          </>
        )}
        <Menu.Divider />
        <Menu.Label>{text("view.order")}</Menu.Label>
        <Menu.RadioGroup value={sort} onChange={(field) => look({ sort: field as SortField })}>
          {sortFieldsOf(isMany).map((field) => (
            <Menu.RadioItem key={field} value={field}>
              {text(`view.sort_${field}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Label>{text("view.facts")}</Menu.Label>
        {facts.map((fact) => (
          <Menu.CheckboxItem key={fact} checked={!hidden.includes(fact)} onChange={() => toggle(fact)}>
            {text(`view.fact_${fact}` as TextKey)}
          </Menu.CheckboxItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
