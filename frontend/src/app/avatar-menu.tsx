import { Menu } from "@mantine/core";
import { IconDeviceDesktop, IconLogout, IconMoon, IconSun } from "@tabler/icons-react";
import type { Language, Me, ThemeChoice } from "../api/types";
import { languageNames } from "../i18n/catalogue";
import { useText } from "../i18n/language";
import { useNameOf } from "../live/hooks";
import { changeMe } from "../live/session";
import { Avatar } from "../ui/avatar";
import { chooseTheme } from "./appearance";
import { leave } from "./leaving";
import styles from "./rail.module.css";

const themes = [
  { choice: "system", word: "nav.theme_system", Icon: IconDeviceDesktop },
  { choice: "light", word: "nav.theme_light", Icon: IconSun },
  { choice: "dark", word: "nav.theme_dark", Icon: IconMoon },
] as const;

/** One's own face: language, appearance and the way out. */
export function AvatarMenu({ me }: { me: Me }) {
  const text = useText();
  const nameOf = useNameOf();
  const pickLanguage = (language: Language) => void changeMe({ language });
  const pickTheme = (choice: ThemeChoice) => {
    chooseTheme(choice);
    void changeMe({ theme: choice });
  };
  return (
    <Menu defaultOpened position="right-end" width={220} withinPortal>
      <Menu.Target>
        <button type="button" className={styles.me} aria-label={text("nav.you", { name: nameOf(me) })}>
          <Avatar person={me} size="medium" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{text("nav.language")}</Menu.Label>
        <Menu.RadioGroup value={me.language} onChange={(language) => pickLanguage(language as Language)}>
          {languageNames.map(({ language, name }) => (
            <Menu.RadioItem key={language} value={language} lang={language} closeMenuOnClick>
              {name}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Label>{text("nav.theme")}</Menu.Label>
        <Menu.RadioGroup value={me.theme} onChange={(choice) => pickTheme(choice as ThemeChoice)}>
          {themes.map(({ choice, word, Icon }) => (
            <Menu.RadioItem
              key={choice}
              value={choice}
              rightSection={<Icon size={16} stroke={1.6} aria-hidden />}
              closeMenuOnClick
            >
              {text(word)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} stroke={1.6} aria-hidden />} onClick={leave}>
          {text("nav.sign_out")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
