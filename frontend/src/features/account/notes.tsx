import { useState } from "react";
import { send } from "../../api/client";
import type { Account } from "../../api/types";
import { useText } from "../../i18n/language";
import { draftOf } from "../../live/drafts";
import { useMe } from "../../live/hooks";
import { useRefresh } from "../../live/query-hooks";
import { Document } from "../../ui/document";
import { MentionContext } from "../../ui/mentions";
import { Panel } from "../../ui/panel";
import { MentionChip } from "./mention-chip";
import { useWriting } from "./use-writing";

/** What everybody on the account should know. */
export function Notes({ account }: { account: Account }) {
  const text = useText();
  const me = useMe();
  const refresh = useRefresh();
  const writing = useWriting();
  const canWrite = account.can.includes("manage");
  const [draft] = useState(() => draftOf(`${me.id}.account.${account.id}.notes`));
  return (
    <Panel title={text("account.notes")}>
      <MentionContext value={MentionChip}>
        <Document
          label={text("account.notes")}
          text={account.notes}
          version={account.version}
          canWrite={canWrite}
          empty={text(canWrite ? "account.no_notes" : "account.no_notes_reader")}
          draft={draft}
          writing={writing}
          save={async (notes, version) => {
            await send("PATCH", `/accounts/${account.id}`, { body: { notes }, ifMatch: `"v${version}"` });
            await refresh("account");
          }}
        />
      </MentionContext>
    </Panel>
  );
}
