import type { Mark, Node } from "@tiptap/pm/model";
import type { BlockContent, List, ListItem, PhrasingContent, RootContent, TableRow } from "mdast";
import { gfmToMarkdown } from "mdast-util-gfm";
import { type Options, toMarkdown } from "mdast-util-to-markdown";

type Bullet = NonNullable<Options["bullet"]>;
type Delimiter = NonNullable<Options["bulletOrdered"]>;

/** One block of the editor as Markdown, without a line end after it. */
export function writeBlock(node: Node): string {
  return write([tree(node)], node);
}

/** All blocks, anew: what cannot be kept as it was written. */
export function writeBlocks(nodes: Node[]): string {
  return write(nodes.map(tree), nodes[0]);
}

function write(children: RootContent[], first: Node | undefined): string {
  const options: Options = {
    bullet: (markerIn(first, "bulletList") ?? "-") as Bullet,
    bulletOrdered: (markerIn(first, "orderedList") ?? ".") as Delimiter,
    bulletOther: markerIn(first, "bulletList") === "*" ? "-" : "*",
    listItemIndent: "one",
    emphasis: "*",
    strong: "*",
    rule: "-",
    fences: true,
    incrementListMarker: true,
    extensions: [gfmToMarkdown({ tablePipeAlign: false })],
  };
  return toMarkdown({ type: "root", children }, options).replace(/\n$/, "");
}

/** The marker of the first list of this kind. */
function markerIn(node: Node | undefined, kind: string): string | null {
  if (!node) return null;
  if (node.type.name === kind) return node.attrs.marker;
  for (const child of node.children) {
    const found = markerIn(child, kind);
    if (found) return found;
  }
  return null;
}

function tree(node: Node): RootContent {
  switch (node.type.name) {
    case "heading":
      return { type: "heading", depth: node.attrs.level, children: phrases(node) };
    case "blockquote":
      return { type: "blockquote", children: parts(node) };
    case "horizontalRule":
      return { type: "thematicBreak" };
    case "codeBlock":
      return { type: "code", lang: node.attrs.language, meta: node.attrs.meta, value: node.textContent };
    case "bulletList":
    case "orderedList":
      return list(node);
    case "table":
      return {
        type: "table",
        align: node.firstChild?.children.map((cell) => cell.attrs.align) ?? [],
        children: node.children.map(row),
      };
    case "rawBlock":
      return { type: "html", value: node.textContent };
    default:
      return { type: "paragraph", children: phrases(node) };
  }
}

const parts = (node: Node) => node.children.map(tree) as BlockContent[];

function list(node: Node): List {
  const isOrdered = node.type.name === "orderedList";
  const items = node.children.map(
    (item): ListItem => ({
      type: "listItem",
      checked: item.attrs.checked,
      spread: item.attrs.spread,
      children: isEmpty(item) ? [] : parts(item),
    }),
  );
  const start = isOrdered ? node.attrs.start : null;
  return { type: "list", ordered: isOrdered, start, spread: node.attrs.spread, children: items };
}

const isEmpty = (item: Node) =>
  item.childCount === 1 && item.firstChild?.type.name === "paragraph" && !item.firstChild.childCount;

function row(node: Node): TableRow {
  return {
    type: "tableRow",
    children: node.children.map((cell) => ({
      type: "tableCell",
      children: cell.firstChild ? phrases(cell.firstChild) : [],
    })),
  };
}

// --- what stands in a line ---

type Piece = { node: Node; marks: readonly Mark[] };
const ORDER = ["link", "bold", "italic", "strike", "code"];

/** Space at the end of a line says nothing, and in Markdown it would have to be written as a code. */
function phrases(parent: Node): PhrasingContent[] {
  const pieces = parent.children.map((node) => ({
    node,
    marks: [...node.marks].sort((a, b) => ORDER.indexOf(a.type.name) - ORDER.indexOf(b.type.name)),
  }));
  const found = nest(pieces);
  const last = found.at(-1);
  if (last?.type !== "text") return found;
  const value = last.value.trimEnd();
  return [...found.slice(0, -1), ...(value ? [{ ...last, value }] : [])];
}

/** Marks lie side by side in the editor and inside of each other in Markdown: neighbours share what they have in common. */
function nest(pieces: Piece[]): PhrasingContent[] {
  const found: PhrasingContent[] = [];
  for (let at = 0; at < pieces.length; ) {
    const piece = pieces[at] as Piece;
    const mark = piece.marks.find(({ type }) => type.name !== "code");
    if (!mark) {
      found.push(...leaf(piece));
      at += 1;
      continue;
    }
    let end = at + 1;
    while (end < pieces.length && pieces[end]?.marks.some((one) => one.eq(mark))) end += 1;
    const inside = pieces
      .slice(at, end)
      .map(({ node, marks }) => ({ node, marks: marks.filter((one) => !one.eq(mark)) }));
    found.push(...marked(mark, nest(inside)));
    at = end;
  }
  return found;
}

function marked(mark: Mark, children: PhrasingContent[]): PhrasingContent[] {
  if (mark.type.name === "link")
    return [{ type: "link", url: mark.attrs.href, title: mark.attrs.title, children: children as never[] }];
  const [before, inner, after] = withoutEdges(children);
  if (inner.length === 0) return [...before, ...after];
  const type = mark.type.name === "bold" ? "strong" : mark.type.name === "italic" ? "emphasis" : "delete";
  return [...before, { type, children: inner } as PhrasingContent, ...after];
}

/** Space at the edge of bold words stands outside of the stars: inside of them they would not be read as such. */
function withoutEdges(
  children: PhrasingContent[],
): [PhrasingContent[], PhrasingContent[], PhrasingContent[]] {
  const inner = [...children];
  const before: PhrasingContent[] = [];
  const after: PhrasingContent[] = [];
  const isBlank = (node: PhrasingContent | undefined) =>
    node?.type === "break" || (node?.type === "text" && !node.value.trim());
  while (isBlank(inner[0])) before.push(inner.shift() as PhrasingContent);
  while (isBlank(inner.at(-1))) after.unshift(inner.pop() as PhrasingContent);
  const first = inner[0];
  if (first?.type === "text") {
    const [space = ""] = /^\s*/.exec(first.value) ?? [];
    if (space) before.push({ type: "text", value: space });
    inner[0] = { type: "text", value: first.value.slice(space.length) };
  }
  const last = inner.at(-1);
  if (last?.type === "text") {
    const [space = ""] = /\s*$/.exec(last.value) ?? [];
    if (space) after.unshift({ type: "text", value: space });
    inner[inner.length - 1] = { type: "text", value: last.value.slice(0, last.value.length - space.length) };
  }
  return [before, inner, after];
}

function leaf({ node, marks }: Piece): PhrasingContent[] {
  const { attrs, text = "" } = node;
  switch (node.type.name) {
    case "hardBreak":
      return attrs.soft ? [{ type: "text", value: "\n" }] : [{ type: "break" }];
    case "mention":
      return [{ type: "link", url: attrs.href, children: [{ type: "text", value: attrs.label }] }];
    case "picture":
      return [{ type: "image", url: attrs.src, alt: attrs.alt }];
    case "rawInline":
      return [{ type: "html", value: attrs.source }];
    default:
      return [marks.length ? { type: "inlineCode", value: text } : { type: "text", value: text }];
  }
}
