import type { JSONContent } from "@tiptap/core";
import type { Nodes, Paragraph, PhrasingContent, RootContent, Table } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";

/** A block of the text and where it stands in the source: `[start, end)` in UTF-16 units. */
export type Block = { node: JSONContent; start: number; end: number };

type Mark = { type: string; attrs?: Record<string, unknown> };
const OWN_PICTURE = /^\/api\/v1\/files\/\d+$/;

/** Reads Markdown into the editor's blocks, each with its place in the source. */
export function readMarkdown(source: string): Block[] {
  const root = fromMarkdown(source, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  return root.children.map((node) => {
    const [start, end] = placeOf(node);
    return { node: block(node, source), start, end };
  });
}

function placeOf(node: Nodes): [number, number] {
  return [node.position?.start.offset ?? 0, node.position?.end.offset ?? 0];
}

const raw = (node: Nodes, source: string) => source.slice(...placeOf(node));

/** What the editor has no form for stays as it is written, and can be edited as such. */
function rawBlock(node: Nodes, source: string): JSONContent {
  const text = raw(node, source);
  return { type: "rawBlock", content: text ? [{ type: "text", text }] : [] };
}

function block(node: RootContent, source: string): JSONContent {
  switch (node.type) {
    case "paragraph":
      return paragraph(node, source);
    case "heading":
      return { type: "heading", attrs: { level: node.depth }, content: inline(node.children, source) };
    case "blockquote":
      return { type: "blockquote", content: blocks(node.children, source) };
    case "thematicBreak":
      return { type: "horizontalRule" };
    case "code":
      return {
        type: "codeBlock",
        attrs: { language: node.lang ?? null, meta: node.meta ?? null },
        content: node.value ? [{ type: "text", text: node.value }] : [],
      };
    case "list": {
      const marker = markerOf(raw(node, source));
      const spread = node.spread ?? false;
      return {
        type: node.ordered ? "orderedList" : "bulletList",
        attrs: node.ordered ? { start: node.start ?? 1, marker, spread } : { marker, spread },
        content: node.children.map((item) => ({
          type: "listItem",
          attrs: { checked: item.checked ?? null, spread: item.spread ?? false },
          content: blocks(item.children, source),
        })),
      };
    }
    case "table":
      return table(node, source);
    default:
      return rawBlock(node, source);
  }
}

function blocks(nodes: RootContent[], source: string): JSONContent[] {
  return nodes.length ? nodes.map((node) => block(node, source)) : [{ type: "paragraph" }];
}

function paragraph(node: Paragraph, source: string): JSONContent {
  return { type: "paragraph", content: inline(node.children, source) };
}

/** `-`, `*` or `+` of a bullet list, `.` or `)` of a numbered one. */
function markerOf(written: string) {
  return /^\s*(?:\d+([.)])|([-*+]))/.exec(written)?.slice(1).find(Boolean) ?? null;
}

function table(node: Table, source: string): JSONContent {
  const columns = Math.max(...node.children.map((row) => row.children.length));
  return {
    type: "table",
    content: node.children.map((row, index) => ({
      type: "tableRow",
      content: Array.from({ length: columns }, (_, column) => ({
        type: index === 0 ? "tableHeader" : "tableCell",
        attrs: { align: node.align?.[column] ?? null },
        content: [{ type: "paragraph", content: inline(row.children[column]?.children ?? [], source) }],
      })),
    })),
  };
}

function inline(nodes: PhrasingContent[], source: string, marks: Mark[] = []): JSONContent[] {
  return nodes.flatMap((node) => phrase(node, source, marks));
}

function phrase(node: PhrasingContent, source: string, marks: Mark[]): JSONContent[] {
  const inside = (mark: Mark, children: PhrasingContent[]) => inline(children, source, [...marks, mark]);
  switch (node.type) {
    case "text":
      return lines(node.value, marks);
    case "strong":
      return inside({ type: "bold" }, node.children);
    case "emphasis":
      return inside({ type: "italic" }, node.children);
    case "delete":
      return inside({ type: "strike" }, node.children);
    case "inlineCode":
      return node.value ? [{ type: "text", text: node.value, marks: [...marks, { type: "code" }] }] : [];
    case "break":
      return [{ type: "hardBreak", attrs: { soft: false } }];
    case "link": {
      const label =
        node.children.length === 1 && node.children[0]?.type === "text" ? node.children[0].value : "";
      if (isMention(node.url, label) && !node.title)
        return [{ type: "mention", attrs: { href: node.url, label }, marks }];
      return inside({ type: "link", attrs: { href: node.url, title: node.title ?? null } }, node.children);
    }
    case "image":
      if (OWN_PICTURE.test(node.url) && !node.title)
        return [{ type: "picture", attrs: { src: node.url, alt: node.alt ?? "" }, marks }];
      return [{ type: "rawInline", attrs: { source: raw(node, source) }, marks }];
    default:
      return [{ type: "rawInline", attrs: { source: raw(node, source) }, marks }];
  }
}

/** A line that ends without a mark of its own is a break too, for who reads and for who writes. */
function lines(text: string, marks: Mark[]): JSONContent[] {
  return text
    .split(/\r?\n/)
    .flatMap((line, index) => [
      ...(index > 0 ? [{ type: "hardBreak", attrs: { soft: true } }] : []),
      ...(line ? [{ type: "text", text: line, marks }] : []),
    ]);
}

/** A person, a card or an account is mentioned by a link whose words are its own: `[@Lin](/people/5)`, `[HY-12](/b/HY/HY-12)`. */
export function isMention(href: string, label: string): boolean {
  if (/^\/people\/\d+$/.test(href) || /^\/accounts\/[\w-]+$/.test(href)) return label.startsWith("@");
  const card = /^\/b\/[\w-]+\/([\w-]+)$/.exec(href);
  return card !== null && card[1] === label;
}
