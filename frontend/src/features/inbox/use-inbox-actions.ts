import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import type { Bundle, Shelf } from "../../api/inbox-types";
import { useMute, useTriage } from "../../live/inbox-hooks";
import type { Action } from "../../ui/actions";
import { useActions } from "../../ui/use-actions";
import type { useSubmit } from "../../ui/use-submit";
import { laterTimes } from "./later-times";

export type InboxActs = {
  open: (bundle: Bundle) => void;
  done: (bundle: Bundle) => void;
  read: (bundle: Bundle) => void;
  snooze: (bundle: Bundle, until: string) => void;
  mute: (bundle: Bundle) => void;
};

type Asked = {
  bundles: readonly Bundle[];
  shelf: Shelf;
  chosen: string | null;
  choose: (subject: string | null) => void;
  form: ReturnType<typeof useSubmit>;
};

/** What can be done with news, by pointer and by keys: the choice walks on to the next card when one is put away. */
export function useInboxActions({ bundles, shelf, chosen, choose, form }: Asked): InboxActs {
  const triage = useTriage(shelf);
  const mute = useMute();
  const navigate = useNavigate();
  const place = bundles.findIndex(({ subject }) => subject === chosen);
  const current = bundles[place];

  useEffect(() => {
    document.getElementById(`news-${chosen}`)?.focus();
  }, [chosen]);

  const step = (by: number) => {
    const next = bundles[Math.max(0, Math.min(bundles.length - 1, place + by))] ?? bundles[0];
    if (next) choose(next.subject);
  };
  const leave = (bundle: Bundle) => {
    if (bundle.subject === chosen) choose((bundles[place + 1] ?? bundles[place - 1])?.subject ?? null);
  };
  const acts: InboxActs = {
    open: (bundle) => {
      if (bundle.unread > 0) void form.submit(() => triage([bundle], { read: true }));
      if (bundle.project && bundle.key)
        void navigate({
          to: "/b/$projectKey/$cardKey",
          params: { projectKey: bundle.project.key, cardKey: bundle.key },
        });
      else if (bundle.project)
        void navigate({ to: "/b/$projectKey", params: { projectKey: bundle.project.key } });
      else if (bundle.account)
        void navigate({ to: "/accounts/$code", params: { code: bundle.account.code } });
    },
    done: (bundle) => {
      leave(bundle);
      void form.submit(() => triage([bundle], { done: shelf !== "done" }));
    },
    read: (bundle) => void form.submit(() => triage([bundle], { read: bundle.unread > 0 })),
    snooze: (bundle, until) => {
      leave(bundle);
      void form.submit(() => triage([bundle], { snoozed_until: until }));
    },
    mute: (bundle) => void form.submit(() => mute(bundle)),
  };
  useActions("page", keysOf(acts, current, step));
  return acts;
}

function keysOf(acts: InboxActs, current: Bundle | undefined, step: (by: number) => void): Action[] {
  const isOffered = () => current !== undefined;
  const withCurrent = (act: (bundle: Bundle) => void) => () => current && act(current);
  const about = () => current?.key ?? current?.title;
  return [
    {
      id: "inbox.walk",
      group: "view",
      word: "inbox.walk",
      keys: ["ArrowDown", "ArrowUp", "j", "k"],
      isKeyOnly: true,
      run: (event) => step(event?.key === "ArrowDown" || event?.key === "j" ? 1 : -1),
    },
    {
      id: "inbox.open",
      group: "card",
      word: "inbox.open",
      keys: ["o"],
      about,
      isOffered,
      run: withCurrent(acts.open),
    },
    {
      id: "inbox.done",
      group: "card",
      word: "inbox.done_or_back",
      keys: ["e"],
      about,
      isOffered,
      run: withCurrent(acts.done),
    },
    {
      id: "inbox.read",
      group: "card",
      word: "inbox.read_or_not",
      keys: ["u"],
      about,
      isOffered,
      run: withCurrent(acts.read),
    },
    {
      id: "inbox.mute",
      group: "card",
      word: "inbox.mute",
      keys: ["Shift+M"],
      about,
      isOffered: () => current?.task != null,
      run: withCurrent(acts.mute),
    },
    {
      id: "inbox.snooze",
      group: "card",
      word: "inbox.snooze",
      keys: ["h"],
      about,
      isOffered,
      run: () => current && acts.snooze(current, laterTimes(new Date())[0].at.toISOString()),
    },
  ];
}
