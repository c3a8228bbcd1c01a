import { Button } from "@mantine/core";
import type { Editor } from "@tiptap/react";
import { useState } from "react";
import { useText } from "../../i18n/language";
import { isComposing } from "../composing";
import styles from "./rich-editor.module.css";

/** Where the chosen words lead to; nothing takes the link away. */
export function LinkField({ editor, onClose }: { editor: Editor; onClose: () => void }) {
  const text = useText();
  const [address, setAddress] = useState<string>(editor.getAttributes("link").href ?? "");
  const keep = () => {
    const href = asAddress(address);
    const chain = editor.chain().focus().extendMarkRange("link");
    if (!href) chain.unsetLink().run();
    else if (editor.state.selection.empty && !editor.isActive("link"))
      chain.insertContent({ type: "text", text: href, marks: [{ type: "link", attrs: { href } }] }).run();
    else chain.setLink({ href }).run();
    onClose();
  };
  return (
    <div className={styles.link}>
      <input
        aria-label={text("editor.address")}
        placeholder="https://"
        value={address}
        // biome-ignore lint/a11y/noAutofocus: it appears because somebody asked for it
        autoFocus
        onChange={(event) => setAddress(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (isComposing(event) || (event.key !== "Enter" && event.key !== "Escape")) return;
          event.preventDefault();
          event.stopPropagation();
          if (event.key === "Enter") return keep();
          onClose();
          editor.commands.focus();
        }}
      />
      <Button size="compact-sm" onClick={keep}>
        {text("editor.set_link")}
      </Button>
    </div>
  );
}

/** "example.org" is meant as an address of the web; anything with a scheme that isn't one leads nowhere. */
function asAddress(typed: string): string {
  const address = typed.trim();
  if (!address || /^(https?:\/\/|mailto:|\/(?!\/)|#)/i.test(address)) return address;
  return /^[a-z][a-z0-9+.-]*:(?!\d)/i.test(address) ? "" : `https://${address}`;
}
