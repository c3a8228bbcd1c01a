import { useSyncExternalStore } from "react";
import type { Me } from "../api/types";
import { useLocale } from "../i18n/language";
import { nameIn } from "../i18n/names";
import { session } from "./session";
import { type Workspace, workspace } from "./workspace";

export const useSession = () => useSyncExternalStore(session.subscribe, session.get);

/** Who is signed in. Only inside of the shell, where somebody is. */
export function useMe(): Me {
  const current = useSession();
  if (current.state !== "in") throw new Error("Nobody is signed in here");
  return current.me;
}

/** People, functions, labels and workflows by id. Only inside of the shell, which waits for them. */
export function useWorkspace(): Workspace {
  const loaded = useSyncExternalStore(workspace.subscribe, workspace.get);
  if (!loaded) throw new Error("The workspace is not loaded here");
  return loaded;
}

export const usePerson = (id: number | null | undefined) => {
  const { people } = useWorkspace();
  return id == null ? undefined : people.get(id);
};

export const useFunction = (id: number | null | undefined) => {
  const { functions } = useWorkspace();
  return id == null ? undefined : functions.get(id);
};

/** Gives a thing's name in the reader's language. */
export function useNameOf() {
  const { language } = useLocale();
  return (thing: { name: string; name_zh: string }) => nameIn(language, thing);
}
