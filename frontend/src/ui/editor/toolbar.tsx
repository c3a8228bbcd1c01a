import { ActionIcon, Menu, Tooltip } from "@mantine/core";
import {
  IconBlockquote,
  IconBold,
  IconCode,
  IconH2,
  IconItalic,
  IconLink,
  IconList,
  IconListCheck,
  IconListNumbers,
  IconPhoto,
  IconSourceCode,
  IconStrikethrough,
  IconTable,
} from "@tabler/icons-react";
import { type Editor, useEditorState } from "@tiptap/react";
import type { MoreKey } from "../../i18n/catalogue";
import { useText } from "../../i18n/language";
import { toggleSteps } from "./steps";
import styles from "./toolbar.module.css";

type ToolbarProps = { editor: Editor; onLink: () => void; onPicture?: () => void };
type Tool = {
  key: Extract<MoreKey, `editor.${string}`>;
  icon: typeof IconBold;
  isOn?: boolean;
  act: () => void;
};

/** What can be made of the words; everything here has keys, or its Markdown typed. */
export function Toolbar({ editor, onLink, onPicture }: ToolbarProps) {
  const text = useText();
  const on = useEditorState({
    editor,
    selector: ({ editor: one }) => ({
      bold: one.isActive("bold"),
      italic: one.isActive("italic"),
      strike: one.isActive("strike"),
      code: one.isActive("code"),
      heading: one.isActive("heading"),
      steps: one.isActive("listItem") && one.getAttributes("listItem").checked !== null,
      bullets: one.isActive("bulletList"),
      numbers: one.isActive("orderedList"),
      quote: one.isActive("blockquote"),
      block: one.isActive("codeBlock"),
      link: one.isActive("link"),
      table: one.isActive("table"),
    }),
  });
  const chain = () => editor.chain().focus();
  const tools: Tool[] = [
    { key: "editor.bold", icon: IconBold, isOn: on.bold, act: () => chain().toggleBold().run() },
    { key: "editor.italic", icon: IconItalic, isOn: on.italic, act: () => chain().toggleItalic().run() },
    {
      key: "editor.strike",
      icon: IconStrikethrough,
      isOn: on.strike,
      act: () => chain().toggleStrike().run(),
    },
    { key: "editor.code", icon: IconCode, isOn: on.code, act: () => chain().toggleCode().run() },
    {
      key: "editor.heading",
      icon: IconH2,
      isOn: on.heading,
      act: () => chain().toggleHeading({ level: 2 }).run(),
    },
    {
      key: "editor.bullets",
      icon: IconList,
      isOn: on.bullets && !on.steps,
      act: () => chain().toggleBulletList().run(),
    },
    {
      key: "editor.numbers",
      icon: IconListNumbers,
      isOn: on.numbers,
      act: () => chain().toggleOrderedList().run(),
    },
    { key: "editor.steps", icon: IconListCheck, isOn: on.steps, act: () => toggleSteps(editor) },
    {
      key: "editor.quote",
      icon: IconBlockquote,
      isOn: on.quote,
      act: () => chain().toggleBlockquote().run(),
    },
    { key: "editor.block", icon: IconSourceCode, isOn: on.block, act: () => chain().toggleCodeBlock().run() },
    { key: "editor.link", icon: IconLink, isOn: on.link, act: onLink },
    ...(onPicture ? [{ key: "editor.picture", icon: IconPhoto, act: onPicture } as const] : []),
  ];
  return (
    <div className={styles.bar} role="toolbar" aria-label={text("editor.tools")}>
      {tools.map(({ key, icon: Icon, isOn, act }) => (
        <Tooltip key={key} label={text(key)} openDelay={400}>
          <ActionIcon
            size={28}
            variant="subtle"
            color="gray"
            aria-label={text(key)}
            aria-pressed={isOn}
            className={styles.tool}
            onMouseDown={(event) => event.preventDefault()}
            onClick={act}
          >
            <Icon size={17} stroke={1.7} aria-hidden />
          </ActionIcon>
        </Tooltip>
      ))}
      {on.table ? (
        <Menu position="bottom-start">
          <Menu.Target>
            <ActionIcon
              size={28}
              variant="subtle"
              color="gray"
              aria-pressed
              className={styles.tool}
              aria-label={text("editor.table")}
            >
              <IconTable size={17} stroke={1.7} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => chain().addRowAfter().run()}>{text("editor.add_row")}</Menu.Item>
            <Menu.Item onClick={() => chain().addColumnAfter().run()}>{text("editor.add_column")}</Menu.Item>
            <Menu.Item onClick={() => chain().deleteRow().run()}>{text("editor.delete_row")}</Menu.Item>
            <Menu.Item onClick={() => chain().deleteColumn().run()}>{text("editor.delete_column")}</Menu.Item>
            <Menu.Item color="red" onClick={() => chain().deleteTable().run()}>
              {text("editor.delete_table")}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      ) : (
        <Tooltip label={text("editor.table")} openDelay={400}>
          <ActionIcon
            size={28}
            variant="subtle"
            color="gray"
            className={styles.tool}
            aria-label={text("editor.table")}
            onClick={() => chain().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run()}
          >
            <IconTable size={17} stroke={1.7} aria-hidden />
          </ActionIcon>
        </Tooltip>
      )}
    </div>
  );
}
