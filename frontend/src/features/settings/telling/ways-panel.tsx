import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { get, send } from "../../../api/client";
import type { Choices } from "../../../api/inbox-types";
import type { Lately } from "../../../api/ways-types";
import { useFormat } from "../../../i18n/format";
import { useText } from "../../../i18n/language";
import page from "../../../ui/page.module.css";
import { Panel } from "../../../ui/panel";
import { QueryFailed } from "../../../ui/query-failed";
import { RefusalLine } from "../../../ui/refusal-line";
import { Spinner } from "../../../ui/spinner";
import { useSubmit } from "../../../ui/use-submit";
import type { Wish } from "./effective";
import { ScopePicker } from "./scope-picker";
import { WaysTable } from "./ways-table";

/** One table: why one hears of something, and in which way. Each cell says how often it was so in the last month. */
export function WaysPanel() {
  const text = useText();
  const client = useQueryClient();
  const form = useSubmit();
  const [scope, setScope] = useState("");
  const choices = useQuery({ queryKey: ["choices"], queryFn: () => get<Choices>("/me/preferences") });
  const lately = useQuery({ queryKey: ["told"], queryFn: () => get<Lately>("/me/told") });

  const choose = (wishes: Wish[]) =>
    form.submit(async () => {
      for (const wish of wishes)
        client.setQueryData(["choices"], await send<Choices>("PUT", "/me/preferences", { body: wish }));
    });

  return (
    <Panel title={text("telling.title")}>
      <p className={page.soft}>{text("telling.lead")}</p>
      {lately.data && <Interruptions lately={lately.data} />}
      {!choices.data && (choices.error ? <QueryFailed onRetry={choices.refetch} /> : <Spinner />)}
      {choices.data && (
        <>
          <ScopePicker
            scope={scope}
            choices={choices.data}
            onScope={setScope}
            onBack={(wishes) => void choose(wishes)}
          />
          <WaysTable
            scope={scope}
            choices={choices.data}
            news={scope ? [] : (lately.data?.news ?? [])}
            onChoose={(wish) => void choose([wish])}
          />
        </>
      )}
      <RefusalLine reason={form.reason} />
    </Panel>
  );
}

function Interruptions({ lately }: { lately: Lately }) {
  const text = useText();
  const format = useFormat();
  const parts = lately.messages.map(({ way, kind, count }) =>
    text(kind === "digest" ? "telling.digests" : `telling.got_${way}`, { count }),
  );
  return (
    <p className={page.soft}>
      {parts.length > 0
        ? text("telling.interrupted", { list: format.list(parts) })
        : text("telling.left_in_peace")}
    </p>
  );
}
