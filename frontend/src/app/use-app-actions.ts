import {
  IconBuildingSkyscraper,
  IconDeviceDesktop,
  IconFlag3,
  IconInbox,
  IconLanguage,
  IconListCheck,
  IconLogout,
  IconMoon,
  IconSettings,
  IconStack2,
  IconSun,
  IconUser,
  IconUsers,
} from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import type { ThemeChoice } from "../api/types";
import { otherBoards, toQueue, toTeam } from "../features/board/other-boards";
import { sectionsFor } from "../features/settings/sections";
import { languageNames } from "../i18n/catalogue";
import { useText } from "../i18n/language";
import { useMe, useNameOf, useWorkspace } from "../live/hooks";
import { changeMe } from "../live/session";
import type { Action } from "../ui/actions";
import { useActions } from "../ui/use-actions";
import { chooseTheme } from "./appearance";
import { leave } from "./leaving";

const PAGES = [
  { id: "go.mine", to: "/mine", word: "nav.mine", keys: ["g m"], icon: IconListCheck },
  { id: "go.inbox", to: "/inbox", word: "nav.inbox", keys: ["g n"], icon: IconInbox },
  { id: "go.accounts", to: "/accounts", word: "nav.accounts", keys: ["g a"], icon: IconBuildingSkyscraper },
  { id: "go.initiatives", to: "/initiatives", word: "nav.initiatives", keys: ["g i"], icon: IconFlag3 },
] as const;
const THEMES = [
  { id: "system", word: "nav.theme_system", icon: IconDeviceDesktop },
  { id: "light", word: "nav.theme_light", icon: IconSun },
  { id: "dark", word: "nav.theme_dark", icon: IconMoon },
] as const;

/** What can be done from anywhere: going to pages, beginning things, and one's own settings. */
export function useAppActions() {
  const navigate = useNavigate();
  const text = useText();
  const me = useMe();
  const nameOf = useNameOf();
  const { queues, teams } = otherBoards(useWorkspace());
  const pickTheme = (choice: ThemeChoice) => {
    chooseTheme(choice);
    void changeMe({ theme: choice });
  };
  /** Found by its name in either language. */
  const boardOf = (one: { id: number; name: string; name_zh: string }, run: () => void) => ({
    id: one.id,
    name: nameOf(one),
    also: `${one.name} ${one.name_zh}`,
    run,
  });
  const actions: Action[] = [
    ...PAGES.map(({ to, ...page }) => ({
      ...page,
      group: "go" as const,
      run: () => void navigate({ to }),
    })),
    {
      id: "go.queue",
      group: "go",
      word: "many.go_queue",
      keys: ["g q"],
      icon: IconStack2,
      choices: () => queues.map((one) => boardOf(one, () => void navigate(toQueue(one)))),
    },
    {
      id: "go.team",
      group: "go",
      word: "many.go_team",
      keys: ["g t"],
      icon: IconUsers,
      isOffered: () => teams.length > 0,
      choices: () => teams.map((one) => boardOf(one, () => void navigate(toTeam(one)))),
    },
    {
      id: "go.settings",
      group: "go",
      word: "nav.settings",
      keys: ["g s"],
      icon: IconSettings,
      choices: () =>
        sectionsFor(me).map((section) => ({
          id: section,
          name: text(`settings.section_${section}`),
          run: () => void navigate({ to: "/settings/$section", params: { section } }),
        })),
    },
    {
      id: "create.initiative",
      group: "create",
      word: "initiatives.new",
      icon: IconFlag3,
      run: () => void navigate({ to: "/initiatives/new" }),
    },
    {
      id: "create.account",
      group: "create",
      word: "accounts.new",
      icon: IconBuildingSkyscraper,
      isOffered: () => !me.is_guest,
      run: () => void navigate({ to: "/accounts/new" }),
    },
    {
      id: "you.language",
      group: "you",
      word: "nav.language",
      icon: IconLanguage,
      choices: () =>
        languageNames.map(({ language, name }) => ({
          id: language,
          name,
          isChosen: me.language === language,
          run: () => void changeMe({ language }),
        })),
    },
    {
      id: "you.theme",
      group: "you",
      word: "nav.theme",
      icon: IconMoon,
      choices: () =>
        THEMES.map(({ id, word, icon }) => ({
          id,
          name: text(word),
          icon,
          isChosen: me.theme === id,
          run: () => pickTheme(id),
        })),
    },
    {
      id: "you.profile",
      group: "you",
      word: "actions.profile",
      icon: IconUser,
      run: () => void navigate({ to: "/settings/$section", params: { section: "profile" } }),
    },
    {
      id: "you.sign_out",
      group: "you",
      word: "nav.sign_out",
      icon: IconLogout,
      run: leave,
    },
  ];
  useActions("app", actions);
}
