import type { Editor } from "@tiptap/core";

/** Makes the lines of the list at the caret ones to tick, or plain ones again; where there is no list, it begins one. */
export function toggleSteps(editor: Editor) {
  const isList = editor.isActive("bulletList") || editor.isActive("orderedList");
  const isOn = isList && editor.getAttributes("listItem").checked !== null;
  const chain = editor.chain().focus();
  if (!isList) chain.toggleBulletList();
  chain
    .command(({ tr }) => {
      const { from, to } = tr.selection;
      tr.doc.nodesBetween(from, to, (node, place) => {
        if (node.type.name === "listItem")
          tr.setNodeAttribute(place, "checked", isOn ? null : (node.attrs.checked ?? false));
      });
      return true;
    })
    .run();
}
