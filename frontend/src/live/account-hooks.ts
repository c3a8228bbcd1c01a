import { useEffect, useState, useSyncExternalStore } from "react";
import { get } from "../api/client";
import type { Envelope } from "../api/events";
import type { Account } from "../api/types";
import { Observable } from "../observable";
import type { Followed } from "./follower";
import { howLive } from "./how-live";
import { useAccount, useRefresh } from "./query-hooks";
import { StreamFollower } from "./stream-follower";
import { connection } from "./streams";

/** An account's story, of which only one thing matters: that something happened. The page then asks again. */
class AccountStory implements Followed<Envelope<unknown>> {
  readonly stream: string;
  epoch: string;
  seq: number;
  private readonly id: number;

  constructor(
    account: Account,
    private readonly askAgain: () => Promise<unknown>,
  ) {
    this.id = account.id;
    this.stream = `account:${account.id}`;
    this.epoch = account.epoch;
    this.seq = account.seq;
  }

  apply(events: Envelope<unknown>[]) {
    this.reached(events.at(-1)?.seq ?? this.seq);
    void this.askAgain();
    return true;
  }

  reached(seq: number) {
    this.seq = seq;
  }

  /** The follower wants another start. What the page shows is asked for after it, so it holds that much at least. */
  async reload() {
    const { epoch, seq } = await get<Account>(`/accounts/${this.id}`);
    this.epoch = epoch;
    this.seq = seq;
    await this.askAgain();
  }

  gone() {
    void this.askAgain();
  }
}

const none = new Observable(false);

/** The account with this code, asked for again whenever something happens to it, and how well that goes. */
export function useLiveAccount(code: string) {
  const query = useAccount(code);
  const refresh = useRefresh();
  const account = query.data;
  const id = account?.id;
  const epoch = account?.epoch;
  const [isCurrent, setIsCurrent] = useState(none);
  const current = useSyncExternalStore(isCurrent.subscribe, isCurrent.get);
  const socket = useSyncExternalStore(connection.state.subscribe, connection.state.get);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new answer alone is no reason to subscribe again
  useEffect(() => {
    if (!account) return;
    const story = new AccountStory(account, () => refresh("account", "projects", "announcements"));
    const follower = new StreamFollower(story, { subscribe: connection.subscribe });
    connection.follow(follower);
    setIsCurrent(follower.isCurrent);
    return () => connection.unfollow(follower);
  }, [id, epoch, refresh]);

  return { ...query, live: howLive(socket, current) };
}
