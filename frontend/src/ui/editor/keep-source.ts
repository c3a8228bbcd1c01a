import { type Fragment, Node, type Schema } from "@tiptap/pm/model";
import { type Block, readMarkdown } from "./read-markdown";
import { writeBlock, writeBlocks } from "./write-markdown";

type Kept = { node: Node; start: number; end: number };

/**
 * A Markdown text that is open in the editor. Blocks that nobody touched are written back byte for byte as they were,
 * with what stood between them; only what was changed is written anew.
 */
export class Source {
  /** What the editor begins with. */
  readonly doc: Node;
  private readonly kept: Kept[];

  constructor(
    readonly text: string,
    private readonly schema: Schema,
  ) {
    const blocks: Block[] = readMarkdown(text);
    this.kept = blocks.map(({ node, start, end }) => ({ node: Node.fromJSON(schema, node), start, end }));
    const content = this.kept.map(({ node }) => node);
    const empty = schema.nodes.paragraph?.create();
    this.doc = schema.topNodeType.create(null, content.length || !empty ? content : [empty]);
  }

  /** The document as Markdown. */
  write(doc: Node): string {
    const nodes = doc.children.filter((node) => !isBlank(node));
    const origins = align(this.kept, nodes);
    if (
      nodes.length === this.kept.length &&
      origins.every((at, index) => at === index && this.isAsItWas(at, nodes[index]))
    )
      return this.text;
    const [first] = origins;
    const last = origins.at(-1);
    const written = this.join(nodes, origins, false);
    const head = first === 0 ? this.text.slice(0, this.kept[0]?.start) : "";
    const isWhole = last !== undefined && last === this.kept.length - 1;
    const tail = isWhole ? this.text.slice(this.kept.at(-1)?.end) : /\n$/.test(this.text) ? "\n" : "";
    const asItWas = head + written + tail;
    const expected = shape(nodes);
    if (this.shapeOf(asItWas) === expected) return asItWas;
    const apart = this.join(nodes, origins, true);
    if (this.shapeOf(apart) === expected) return apart;
    const anew = writeBlocks(nodes);
    return this.shapeOf(anew) === expected ? anew : asItWas;
  }

  private isAsItWas(origin: number | null, node: Node | undefined) {
    return origin !== null && node !== undefined && (this.kept[origin]?.node.eq(node) ?? false);
  }

  private join(nodes: Node[], origins: (number | null)[], isApart: boolean): string {
    return nodes
      .map((node, index) => {
        const origin = origins[index] ?? null;
        const block = origin === null ? undefined : this.kept[origin];
        const words = block?.node.eq(node) ? this.text.slice(block.start, block.end) : writeBlock(node);
        return index === 0 ? words : this.between(nodes, origins, index, isApart) + words;
      })
      .join("");
  }

  /** What stands between a block and the one before it. */
  private between(nodes: Node[], origins: (number | null)[], index: number, isApart: boolean): string {
    const [before, own] = [origins[index - 1] ?? null, origins[index] ?? null];
    const areNeighbours = before !== null && own === before + 1;
    const areKept =
      areNeighbours && this.isAsItWas(before, nodes[index - 1]) && this.isAsItWas(own, nodes[index]);
    if (areNeighbours && (areKept || !isApart))
      return this.text.slice(this.kept[before]?.end, this.kept[own]?.start);
    // Two lists in a row would be read as one.
    return isApart && nodes[index - 1]?.type === nodes[index]?.type && isList(nodes[index])
      ? "\n\n<!-- -->\n\n"
      : "\n\n";
  }

  private shapeOf(markdown: string): string {
    const blocks = readMarkdown(markdown).map(({ node }) => Node.fromJSON(this.schema, node));
    return shape(blocks.filter((node) => node.textContent !== "<!-- -->"));
  }
}

const isBlank = (node: Node) => node.type.name === "paragraph" && node.content.size === 0;
const isList = (node: Node | undefined) =>
  node?.type.name === "bulletList" || node?.type.name === "orderedList";

/** For each block of now, the block of then that it is or was made of; null for a new one. */
function align(kept: Kept[], nodes: Node[]): (number | null)[] {
  const origins: (number | null)[] = nodes.map(() => null);
  let low = 0;
  while (low < nodes.length && low < kept.length && isSame(kept[low], nodes[low])) {
    origins[low] = low;
    low += 1;
  }
  let [high, end] = [nodes.length, kept.length];
  while (high > low && end > low && isSame(kept[end - 1], nodes[high - 1])) {
    high -= 1;
    end -= 1;
    origins[high] = end;
  }
  for (let at = low, from = low; at < high; at += 1) {
    const found = kept.findIndex((one, index) => index >= from && index < end && isSame(one, nodes[at]));
    if (found < 0) continue;
    origins[at] = found;
    from = found + 1;
  }
  pairChanged(origins, kept.length);
  return origins;
}

const isSame = (one: Kept | undefined, node: Node | undefined) =>
  one !== undefined && node !== undefined && one.node.eq(node);

/** Where as many blocks changed as stood there, each was made of the one in its place. */
function pairChanged(origins: (number | null)[], total: number) {
  for (let at = 0; at < origins.length; at += 1) {
    if (origins[at] !== null) continue;
    let end = at;
    while (end < origins.length && origins[end] === null) end += 1;
    const from = at === 0 ? 0 : (origins[at - 1] as number) + 1;
    const until = end === origins.length ? total : (origins[end] as number);
    if (until - from === end - at) for (let n = at; n < end; n += 1) origins[n] = from + n - at;
    at = end;
  }
}

/** What a reader would see, to compare what was written with what was meant: blocks, words and marks without the spaces. */
function shape(nodes: readonly Node[]): string {
  return JSON.stringify(nodes.filter((node) => !isBlank(node)).map(skeleton));
}

function skeleton(node: Node): unknown {
  if (node.inlineContent) return [node.type.name, node.attrs.level, node.attrs.language, words(node.content)];
  const inside = node.children.filter((child) => !isBlank(child)).map(skeleton);
  return [node.type.name, node.attrs.checked, inside];
}

function words(content: Fragment): string {
  let found = "";
  content.forEach((node) => {
    const marks = node.marks.map(({ type, attrs }) => `${type.name}${attrs.href ?? ""}`).sort();
    const own = node.isText ? node.text : node.type.name === "hardBreak" ? " " : JSON.stringify(node.attrs);
    const text = (own ?? "").replace(/\s+/g, " ");
    found += text.trim() ? `${marks.join("+")}<${text.trim()}>` : "";
  });
  return found.replaceAll("><", "");
}
