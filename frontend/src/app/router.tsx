import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { readAccountSearch } from "../features/accounts/search";
import { readBoardSearch } from "../features/board/settings";
import { readInitiativeSearch } from "../features/initiatives/search";
import { readSearchAddress } from "../features/search/search";
import { loadMoreWords } from "../i18n/language";
import { ErrorPage } from "./error-page";
import { MissingPage } from "./missing-page";
import { Shell } from "./shell";

/** A page of its own chunk, which arrives with the words that the board doesn't need. */
function page<T extends Record<string, unknown>, K extends keyof T & string>(
  load: () => Promise<T>,
  name: K,
) {
  return lazyRouteComponent(async () => (await Promise.all([load(), loadMoreWords()]))[0], name);
}

const root = createRootRoute({
  component: Outlet,
  notFoundComponent: MissingPage,
  errorComponent: ErrorPage,
});

/** Everything inside needs somebody to be signed in; the shell shows the sign-in page at the same address otherwise. */
const shell = createRoute({ getParentRoute: () => root, id: "shell", component: Shell });

const home = createRoute({
  getParentRoute: () => shell,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/accounts" });
  },
});
const accounts = createRoute({
  getParentRoute: () => shell,
  path: "/accounts",
  validateSearch: readAccountSearch,
  component: page(() => import("../features/accounts/accounts-page"), "AccountsPage"),
});
const newAccount = createRoute({
  getParentRoute: () => accounts,
  path: "new",
  component: page(() => import("../features/accounts/new-account"), "NewAccount"),
});
const account = createRoute({
  getParentRoute: () => shell,
  path: "/accounts/$code",
  component: page(() => import("../features/account/account-page"), "AccountPage"),
});
const many = page(() => import("../features/board/many-board-page"), "ManyBoardPage");
const accountWork = createRoute({
  getParentRoute: () => shell,
  path: "/accounts/$code/work",
  validateSearch: readBoardSearch,
  component: many,
});
const queue = createRoute({
  getParentRoute: () => shell,
  path: "/queues/$function",
  validateSearch: readBoardSearch,
  component: many,
});
const teamWork = createRoute({
  getParentRoute: () => shell,
  path: "/teams/$team",
  validateSearch: readBoardSearch,
  component: many,
});
const mine = createRoute({
  getParentRoute: () => shell,
  path: "/mine",
  validateSearch: readBoardSearch,
  component: many,
});
const sheet = page(() => import("../features/card/card-sheet"), "CardSheet");
const accountWorkCard = createRoute({
  getParentRoute: () => accountWork,
  path: "$cardKey",
  component: sheet,
});
const queueCard = createRoute({ getParentRoute: () => queue, path: "$cardKey", component: sheet });
const teamWorkCard = createRoute({ getParentRoute: () => teamWork, path: "$cardKey", component: sheet });
const mineCard = createRoute({ getParentRoute: () => mine, path: "$cardKey", component: sheet });
const editAccount = createRoute({
  getParentRoute: () => account,
  path: "edit",
  component: page(() => import("../features/accounts/edit-account"), "EditAccount"),
});
const newInitiativeOfAccount = createRoute({
  getParentRoute: () => account,
  path: "new-initiative",
  component: page(() => import("../features/initiatives/new-initiative"), "NewInitiative"),
});
const inbox = createRoute({
  getParentRoute: () => shell,
  path: "/inbox",
  validateSearch: ({ shelf }: Record<string, unknown>): { shelf?: "snoozed" | "done" } =>
    shelf === "snoozed" || shelf === "done" ? { shelf } : {},
  component: page(() => import("../features/inbox/inbox-page"), "InboxPage"),
});
const initiatives = createRoute({
  getParentRoute: () => shell,
  path: "/initiatives",
  validateSearch: readInitiativeSearch,
  component: page(() => import("../features/initiatives/initiatives-page"), "InitiativesPage"),
});
const newInitiative = createRoute({
  getParentRoute: () => initiatives,
  path: "new",
  component: page(() => import("../features/initiatives/new-initiative"), "NewInitiative"),
});
const initiativeSettings = createRoute({
  getParentRoute: () => shell,
  path: "/initiatives/$key/settings",
  component: page(() => import("../features/initiatives/initiative-settings-page"), "InitiativeSettingsPage"),
});
const board = createRoute({
  getParentRoute: () => shell,
  path: "/b/$projectKey",
  validateSearch: readBoardSearch,
  component: lazyRouteComponent(() => import("../features/board/board-page"), "BoardPage"),
});
const card = createRoute({
  getParentRoute: () => board,
  path: "$cardKey",
  component: sheet,
});
const person = createRoute({
  getParentRoute: () => shell,
  path: "/people/$id",
  component: page(() => import("../features/people/person-page"), "PersonPage"),
});
const search = createRoute({
  getParentRoute: () => shell,
  path: "/search",
  validateSearch: readSearchAddress,
  component: page(() => import("../features/search/search-page"), "SearchPage"),
});
const settings = createRoute({
  getParentRoute: () => shell,
  path: "/settings",
  beforeLoad: () => {
    throw redirect({ to: "/settings/$section", params: { section: "profile" } });
  },
});
const settingsSection = createRoute({
  getParentRoute: () => shell,
  path: "/settings/$section",
  component: page(() => import("../features/settings/settings-page"), "SettingsPage"),
});
/** Whoever went astray keeps the ways to everywhere else. */
const nowhere = createRoute({ getParentRoute: () => shell, path: "$", component: MissingPage });
const setup = createRoute({
  getParentRoute: () => root,
  path: "/setup",
  component: page(() => import("../features/welcome/setup-page"), "SetupPage"),
});
const invite = createRoute({
  getParentRoute: () => root,
  path: "/invite/$token",
  component: page(() => import("../features/welcome/invite-page"), "InvitePage"),
});
const forgotten = createRoute({
  getParentRoute: () => root,
  path: "/reset",
  component: page(() => import("../features/welcome/forgotten-page"), "ForgottenPage"),
});
const reset = createRoute({
  getParentRoute: () => root,
  path: "/reset/$token",
  component: page(() => import("../features/welcome/reset-page"), "ResetPage"),
});

const routeTree = root.addChildren([
  shell.addChildren([
    home,
    inbox,
    accounts.addChildren([newAccount]),
    account.addChildren([editAccount, newInitiativeOfAccount]),
    accountWork.addChildren([accountWorkCard]),
    queue.addChildren([queueCard]),
    teamWork.addChildren([teamWorkCard]),
    mine.addChildren([mineCard]),
    initiatives.addChildren([newInitiative]),
    initiativeSettings,
    board.addChildren([card]),
    search,
    person,
    settings,
    settingsSection,
    nowhere,
  ]),
  setup,
  invite,
  forgotten,
  reset,
]);

export const router = createRouter({
  routeTree,
  defaultPreload: "intent",
  defaultPendingMs: 300,
  // Of each page by itself: when one broke, the way to the others is still there.
  defaultErrorComponent: ErrorPage,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
