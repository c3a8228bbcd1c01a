import { Button } from "@mantine/core";
import { IconUserPlus } from "@tabler/icons-react";
import { useState } from "react";
import type { Person } from "../../api/types";
import { useText } from "../../i18n/language";
import { useNameOf, useWorkspace } from "../../live/hooks";
import { Panel } from "../../ui/panel";
import { SearchField } from "../../ui/search-field";
import { DeactivateDialog } from "./deactivate-dialog";
import { Invitations } from "./invitations";
import { InviteDialog } from "./invite-dialog";
import { PersonDialog } from "./person-dialog";
import { PersonRow } from "./person-row";
import styles from "./settings-page.module.css";

/** Who works here, what they do and may, who was invited, and who has left. */
export function PeopleSection() {
  const text = useText();
  const nameOf = useNameOf();
  const { people } = useWorkspace();
  const [query, setQuery] = useState("");
  const [asked, ask] = useState<{ what: "edit" | "deactivate"; person: Person } | "invite" | null>(null);
  const word = query.trim().toLowerCase();
  const found = [...people.values()]
    .filter(({ name, name_zh, email }) => `${name} ${name_zh} ${email}`.toLowerCase().includes(word))
    .sort((a, b) => Number(b.is_active) - Number(a.is_active) || nameOf(a).localeCompare(nameOf(b)));
  const active = found.filter((person) => person.is_active).length;
  const close = () => ask(null);
  return (
    <>
      <Invitations />
      <Panel
        title={text("settings.section_people")}
        aside={text("settings.active_people", { count: active })}
        action={
          <Button
            size="xs"
            leftSection={<IconUserPlus size={15} stroke={1.7} aria-hidden />}
            onClick={() => ask("invite")}
          >
            {text("settings.invite")}
          </Button>
        }
      >
        <SearchField label={text("settings.search_people")} value={query} onChange={setQuery} />
        <ul className={styles.rows}>
          {found.map((person) => (
            <PersonRow
              key={person.id}
              person={person}
              onEdit={() => ask({ what: "edit", person })}
              onDeactivate={() => ask({ what: "deactivate", person })}
            />
          ))}
        </ul>
      </Panel>
      {asked === "invite" && <InviteDialog onClose={close} />}
      {asked && asked !== "invite" && asked.what === "edit" && (
        <PersonDialog person={asked.person} onClose={close} />
      )}
      {asked && asked !== "invite" && asked.what === "deactivate" && (
        <DeactivateDialog person={asked.person} onClose={close} />
      )}
    </>
  );
}
