import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { send } from "../../api/client";
import type { Invitation } from "../../api/types";
import { useFormat } from "../../i18n/format";
import { useText } from "../../i18n/language";
import { useNameOf, useWorkspace } from "../../live/hooks";
import { fetchAll, useRefresh } from "../../live/query-hooks";
import { FunctionBadge } from "../../ui/function-badge";
import { Panel } from "../../ui/panel";
import { RefusalLine } from "../../ui/refusal-line";
import { Tag } from "../../ui/tag";
import { useSubmit } from "../../ui/use-submit";
import styles from "./settings-page.module.css";

/** Who was asked in and hasn't come yet; nothing where nobody is awaited. */
export function Invitations() {
  const text = useText();
  const format = useFormat();
  const nameOf = useNameOf();
  const { people, functions } = useWorkspace();
  const refresh = useRefresh();
  const form = useSubmit();
  const { data: invitations = [] } = useQuery({
    // Who comes in appears among the people, and an invitation is no longer open.
    queryKey: ["invitations", people.size],
    queryFn: ({ signal }) => fetchAll<Invitation>("/invitations", signal),
  });
  const open = invitations.filter(({ accepted_at }) => accepted_at === null);
  if (open.length === 0) return null;
  const withdraw = (id: number) =>
    form.submit(async () => {
      await send("DELETE", `/invitations/${id}`);
      await refresh("invitations");
    });
  return (
    <Panel title={text("settings.invitations")}>
      <ul className={styles.rows}>
        {open.map((invitation) => {
          const inviter = people.get(invitation.invited_by);
          const isOver = Date.parse(invitation.expires_at) < Date.now();
          return (
            <li key={invitation.id}>
              <span className={styles.words}>
                <span>{invitation.email}</span>
                <small>
                  {text("settings.invited_by", {
                    name: inviter ? nameOf(inviter) : text("person.unknown"),
                    when: format.ago(invitation.created_at),
                  })}
                </small>
              </span>
              <span className={styles.end}>
                {invitation.function && <FunctionBadge of={functions.get(invitation.function)} />}
                {invitation.is_guest && <Tag>{text("settings.guest")}</Tag>}
                <Tag tone={isOver ? "bad" : "plain"}>
                  {text(isOver ? "settings.expired" : "settings.expires", {
                    date: format.date(invitation.expires_at.slice(0, 10)),
                  })}
                </Tag>
                <Button
                  size="compact-sm"
                  variant="default"
                  aria-label={text("settings.withdraw_of", { email: invitation.email })}
                  onClick={() => void withdraw(invitation.id)}
                >
                  {text("settings.withdraw")}
                </Button>
              </span>
            </li>
          );
        })}
      </ul>
      <RefusalLine reason={form.reason} />
    </Panel>
  );
}
