import { Extension, type Extensions, InputRule, isNodeActive, mergeAttributes, Node } from "@tiptap/core";
import { Code } from "@tiptap/extension-code";
import { CodeBlock } from "@tiptap/extension-code-block";
import { HardBreak } from "@tiptap/extension-hard-break";
import { BulletList, ListItem, OrderedList } from "@tiptap/extension-list";
import { TableCell, TableHeader, TableKit } from "@tiptap/extension-table";
import { StarterKit } from "@tiptap/starter-kit";

const hidden = (value: unknown = null) => ({ default: value, rendered: false });

/** A line of a list; with a box to tick where `checked` is true or false. */
const Item = ListItem.extend({
  content: "block+",
  addAttributes() {
    return {
      checked: {
        default: null,
        keepOnSplit: false,
        parseHTML: (element) => {
          const box = element.querySelector<HTMLInputElement>(
            ":scope > input, :scope > p > input, :scope > label > input",
          );
          return box?.type === "checkbox" ? box.checked : null;
        },
        renderHTML: ({ checked }) => (checked === null ? {} : { "data-checked": String(checked) }),
      },
      spread: hidden(false),
    };
  },
  addNodeView() {
    return ({ node, editor, getPos }) => {
      const dom = document.createElement("li");
      const contentDOM = document.createElement("div");
      const box = document.createElement("input");
      box.type = "checkbox";
      box.contentEditable = "false";
      box.addEventListener("mousedown", (event) => event.preventDefault());
      box.addEventListener("change", () => {
        const place = getPos();
        if (place === undefined) return;
        const { checked } = box;
        editor.commands.command(({ tr }) => Boolean(tr.setNodeAttribute(place, "checked", checked)));
      });
      const show = ({ attrs: { checked }, textContent }: typeof node) => {
        dom.toggleAttribute("data-checked", checked !== null);
        box.hidden = checked === null;
        box.checked = checked === true;
        box.ariaLabel = textContent;
      };
      show(node);
      dom.append(box, contentDOM);
      return {
        dom,
        contentDOM,
        update: (next) => {
          if (next.type !== node.type) return false;
          show(next);
          return true;
        },
        ignoreMutation: (mutation) => !contentDOM.contains(mutation.target),
      };
    };
  },
});

const listAttributes = { marker: hidden(), spread: hidden(false) };
const Bullets = BulletList.extend({ addAttributes: () => listAttributes });
const Numbers = OrderedList.extend({
  addAttributes() {
    return { ...this.parent?.(), ...listAttributes };
  },
});

/** `soft`: the line just ends there, as when it is typed; otherwise the break was marked. */
const Break = HardBreak.extend({ addAttributes: () => ({ soft: hidden(false) }) });
const Block = CodeBlock.extend({
  addAttributes() {
    return { ...this.parent?.(), meta: hidden() };
  },
});

/** Markdown knows how a column is aligned, and nothing of merged cells. */
const cell = {
  content: "paragraph",
  addAttributes: () => ({
    align: {
      default: null,
      parseHTML: (element: HTMLElement) => element.style.textAlign || element.getAttribute("align"),
      renderHTML: ({ align }: { align?: string }) => (align ? { align } : {}),
    },
    colspan: hidden(1),
    rowspan: hidden(1),
    colwidth: hidden(),
  }),
};

/** A person, a card or an account: typed and removed as one. */
const Mention = Node.create({
  name: "mention",
  group: "inline",
  inline: true,
  atom: true,
  addAttributes: () => ({ href: { default: "" }, label: { default: "" } }),
  parseHTML: () => [
    {
      tag: "a[data-mention]",
      getAttrs: (element) => ({ href: element.getAttribute("href"), label: element.textContent }),
    },
  ],
  renderHTML: ({ node }) => [
    "a",
    { href: node.attrs.href, "data-mention": "", tabindex: -1 },
    node.attrs.label,
  ],
  renderText: ({ node }) => node.attrs.label,
});

/** A picture that is a file of this product; others would tell their server who reads this. */
const Picture = Node.create({
  name: "picture",
  group: "inline",
  inline: true,
  atom: true,
  draggable: true,
  addAttributes: () => ({ src: { default: "" }, alt: { default: "" } }),
  parseHTML: () => [{ tag: 'img[src^="/api/v1/files/"]' }],
  renderHTML: ({ HTMLAttributes }) => ["img", mergeAttributes(HTMLAttributes, { loading: "lazy" })],
});

/** Something in a line that the editor has no form for: shown and kept as it is written. */
const RawInline = Node.create({
  name: "rawInline",
  group: "inline",
  inline: true,
  atom: true,
  addAttributes: () => ({ source: { default: "" } }),
  parseHTML: () => [{ tag: "code[data-raw]", getAttrs: (element) => ({ source: element.textContent }) }],
  renderHTML: ({ node }) => ["code", { "data-raw": "" }, node.attrs.source],
  renderText: ({ node }) => node.attrs.source,
});

/** The same as a block of its own, which can be edited as it is written. */
const RawBlock = Node.create({
  name: "rawBlock",
  group: "block",
  content: "text*",
  marks: "",
  code: true,
  defining: true,
  parseHTML: () => [{ tag: "pre[data-raw]", preserveWhitespace: "full" as const }],
  renderHTML: () => ["pre", { "data-raw": "" }, 0],
});

/** What Enter and a typed `[ ]` do with lines that can be ticked. */
const Steps = Extension.create({
  name: "steps",
  priority: 200,
  addInputRules() {
    return [
      new InputRule({
        find: /^\[([ xX]?)\]\s$/,
        handler: ({ state, range, match, chain }) => {
          const line = chain().deleteRange(range);
          if (!isNodeActive(state, "listItem")) line.toggleBulletList();
          line.updateAttributes("listItem", { checked: match[1]?.toLowerCase() === "x" }).run();
        },
      }),
    ];
  },
  addKeyboardShortcuts() {
    return {
      Enter: ({ editor }) => {
        const { checked } = editor.getAttributes("listItem");
        return checked == null ? false : editor.commands.splitListItem("listItem", { checked: false });
      },
    };
  },
});

/** Everything that the editor can hold. */
export const extensions: Extensions = [
  StarterKit.configure({
    bulletList: false,
    code: false,
    codeBlock: false,
    hardBreak: false,
    listItem: false,
    orderedList: false,
    underline: false,
    link: {
      openOnClick: false,
      autolink: true,
      linkOnPaste: true,
      HTMLAttributes: { target: null, rel: null },
    },
  }),
  Code.extend({ excludes: "" }),
  Block,
  Break,
  Bullets,
  Numbers,
  Item,
  TableKit.configure({ tableCell: false, tableHeader: false, table: { resizable: false } }),
  TableCell.extend(cell),
  TableHeader.extend(cell),
  Mention,
  Picture,
  RawInline,
  RawBlock,
  Steps,
];
