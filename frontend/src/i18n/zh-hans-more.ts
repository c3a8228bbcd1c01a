import type { Message, MoreKey } from "./catalogue";
import account from "./zh-Hans/account.json";
import accounts from "./zh-Hans/accounts.json";
import actions from "./zh-Hans/actions.json";
import announcements from "./zh-Hans/announcements.json";
import card from "./zh-Hans/card.json";
import connection from "./zh-Hans/connection.json";
import doing from "./zh-Hans/doing.json";
import editor from "./zh-Hans/editor.json";
import forms from "./zh-Hans/forms.json";
import history from "./zh-Hans/history.json";
import inbox from "./zh-Hans/inbox.json";
import initiatives from "./zh-Hans/initiatives.json";
import people from "./zh-Hans/people.json";
import settings from "./zh-Hans/settings.json";
import telling from "./zh-Hans/telling.json";
import views from "./zh-Hans/views.json";
import welcome from "./zh-Hans/welcome.json";

const all = {
  ...account,
  ...accounts,
  ...actions,
  ...announcements,
  ...card,
  ...connection,
  ...doing,
  ...editor,
  ...forms,
  ...history,
  ...inbox,
  ...initiatives,
  ...people,
  ...settings,
  ...telling,
  ...views,
  ...welcome,
};

type Leftover = Exclude<keyof typeof all, MoreKey>;

/** Doesn't compile when a key of `en-more.ts` is missing here, nor when one is left over. */
export const zhHansMore: Leftover extends never ? Record<MoreKey, Message> : Leftover = all;
