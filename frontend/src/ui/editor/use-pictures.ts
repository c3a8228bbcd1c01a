import type { Editor } from "@tiptap/react";
import { useState } from "react";
import type { Writing } from "./writing";

/** Pictures and other files that are pasted or dropped into the text: sent, then shown where the caret is. */
export function usePictures(editor: Editor | null, uploadOf: () => Writing["upload"]) {
  const [busy, setBusy] = useState(0);
  const [reason, setReason] = useState<string | undefined>();

  const send = async (files: File[]) => {
    const upload = uploadOf();
    if (!upload || !editor) return;
    setReason(undefined);
    for (const file of files) {
      setBusy((now) => now + 1);
      try {
        const { url, name, is_image } = await upload(file);
        const node = is_image
          ? { type: "picture", attrs: { src: url, alt: name } }
          : { type: "text", text: name, marks: [{ type: "link", attrs: { href: url } }] };
        if (!editor.isDestroyed)
          editor
            .chain()
            .focus()
            .insertContent([node, { type: "text", text: " " }])
            .run();
      } catch (error) {
        setReason(`${file.name}: ${error instanceof Error ? error.message : ""}`);
      }
      setBusy((now) => now - 1);
    }
  };
  /** Whether there were files to take: then nothing else is pasted. */
  const take = (data: DataTransfer | null) => {
    const files = [...(data?.files ?? [])];
    if (files.length === 0 || !uploadOf()) return false;
    void send(files);
    return true;
  };
  return { send, take, isBusy: busy > 0, reason };
}
