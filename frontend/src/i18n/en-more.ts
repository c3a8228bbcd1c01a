import account from "./en/account.json";
import accounts from "./en/accounts.json";
import actions from "./en/actions.json";
import announcements from "./en/announcements.json";
import card from "./en/card.json";
import connection from "./en/connection.json";
import doing from "./en/doing.json";
import editor from "./en/editor.json";
import forms from "./en/forms.json";
import history from "./en/history.json";
import inbox from "./en/inbox.json";
import initiatives from "./en/initiatives.json";
import people from "./en/people.json";
import settings from "./en/settings.json";
import telling from "./en/telling.json";
import views from "./en/views.json";
import welcome from "./en/welcome.json";

/** The words of every page but the board and the way in: they come with the first such page. */
export const enMore = {
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
