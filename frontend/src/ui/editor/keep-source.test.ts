import { getSchema } from "@tiptap/core";
import { Fragment, type Node } from "@tiptap/pm/model";
import { expect, test } from "vitest";
import { extensions } from "./extensions";
import { Source } from "./keep-source";

const schema = getSchema(extensions);

/** Blocks that other editors like to rewrite. */
const NASTY = [
  "Plain words, *stars*, _lines_, __bold__ and ~~gone~~.",
  "# Heading with `code` #",
  "Underlined heading\n===",
  "Second\n---",
  "* star list\n* second\n    * four spaces deep\n\n      with a paragraph\n    * more",
  "- [ ] open\n- [x] done\n  - [X] inside\n- no box",
  "1) one\n1) also one\n7) seven",
  "10. ten\n11. eleven\n\n    loose",
  "+ plus\n\n+ loose",
  "| a | b |\n|:--|--:|\n| 1 | 2 |\n| `x\\|y` | **宽** |",
  "a | b\n-|-\nshort",
  '```ts title="x"\nconst a = `1`;\n\n\nconst b = 2;\n```',
  "~~~\ntildes\n~~~",
  "    indented\n\n    code",
  "> quote\ncontinued lazily\n> > deeper\n>\n> - list in it",
  "<details>\n<summary>More</summary>\n\nInside\n\n</details>",
  "<div align=center>raw &amp; html</div>",
  "A [reference][ref] and [ref] and ![picture][ref].",
  "[ref]: https://example.org 'Title'",
  "Foot[^1].",
  "[^1]: A note\n    in two lines",
  "Hard  \nbreak and\\\nanother and\nsoft",
  "***",
  "_ _ _",
  "中文，**粗体。**后面的字；[@林若曦](/people/5) 请看 [HY-12](/b/HY/HY-12) 和 [@HY](/accounts/HY)。",
  "![截图](/api/v1/files/12) ![elsewhere](https://example.org/a.png)",
  "Entities &copy; &#35; and \\*escaped\\* \\[x\\] <https://example.org> https://example.org/a_b_c",
  "Inline <b>html</b> <!-- note --> and `` a ` b ``",
  "snake_case_word 2 * 3 * 4 = 24, a<b>c, 100% [not a link]",
  "Trailing spaces   ",
  "Emoji 👩‍👩‍👧‍👦 𠮷 and\u00a0no-break\u3000wide",
  "Text with **bold *and italic* `code`** and ***both***",
];
const GAPS = ["\n\n", "\n\n\n", "\n  \n", "\n\n   "];

/** The same numbers in every run. */
function chance(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (state * 1664525 + 1013904223) % 2 ** 32;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function someText(seed: number): string {
  const pick = chance(seed);
  let text = ["", "\n", "\n\n", " "][pick(4)] as string;
  for (let count = 1 + pick(7); count > 0; count -= 1)
    text += (NASTY[pick(NASTY.length)] as string) + (GAPS[pick(GAPS.length)] as string);
  return pick(2) ? text : text.trimEnd() + ["", "\n"][pick(2)];
}

const SEEDS = Array.from({ length: 120 }, (_, seed) => seed);

test.each(SEEDS)("what nobody touched is byte for byte what it was (seed %i)", (seed) => {
  for (const text of [someText(seed), NASTY[seed % NASTY.length] as string]) {
    for (const one of [text, text.replaceAll("\n", "\r\n")]) {
      const source = new Source(one, schema);
      source.doc.check();
      expect(source.write(source.doc)).toBe(one);
    }
  }
});

test.each(["", " \n", "\n\n"])("a text without words stays what it is: %j", (text) => {
  const source = new Source(text, schema);
  expect(source.write(source.doc)).toBe(text);
});

test.each(SEEDS)(
  "a changed block leaves every other block as it was, and says what was meant (seed %i)",
  (seed) => {
    const text = someText(seed);
    const source = new Source(text, schema);
    const at = chance(seed + 1)(source.doc.childCount);
    const changed = withChild(source.doc, at, withWords(source.doc.child(at)));
    const written = source.write(changed);
    for (const [index, kept] of new Source(text, schema).doc.children.entries())
      if (index !== at && kept.content.size > 0) expect(written).toContain(sliceOf(text, index));
    expect(meaning(new Source(written, schema).doc)).toBe(meaning(changed));
  },
);

test("written anew, every block still says the same", () => {
  for (const text of NASTY) {
    const source = new Source(text, schema);
    const moved = source.doc.copy(
      source.doc.content.append(Fragment.from(schema.node("paragraph", null, schema.text("end")))),
    );
    const lost = new Source("", schema).write(moved);
    expect(meaning(new Source(lost, schema).doc), text).toBe(meaning(moved));
  }
});

test("a block that is taken out or put in leaves the others alone", () => {
  const text = "# One\ntwo\n\n* three\n* four\n\n| a |\n|---|\n| b |\n";
  const source = new Source(text, schema);
  const [one, two, list, table] = source.doc.children as [Node, Node, Node, Node];
  const write = (...nodes: Node[]) => source.write(source.doc.copy(Fragment.from(nodes)));
  const fresh = schema.node("paragraph", null, schema.text("new_word"));
  expect(write(one, list, table)).toBe("# One\n\n* three\n* four\n\n| a |\n|---|\n| b |\n");
  expect(write(one, two, fresh, list, table)).toBe(
    "# One\ntwo\n\nnew_word\n\n* three\n* four\n\n| a |\n|---|\n| b |\n",
  );
  expect(write(table, one)).toBe("| a |\n|---|\n| b |\n\n# One\n");
  expect(write(withWords(one), two, list, table)).toBe(
    "# One!\ntwo\n\n* three\n* four\n\n| a |\n|---|\n| b |\n",
  );
  expect(write(schema.node("paragraph"))).toBe("\n");
});

test("two lists that stand next to each other stay two", () => {
  const source = new Source("- a\n\nbetween\n\n- b", schema);
  const [one, , two] = source.doc.children as [Node, Node, Node];
  const written = source.write(source.doc.copy(Fragment.from([one, two])));
  expect(
    new Source(written, schema).doc.children.filter(({ type }) => type.name === "bulletList"),
  ).toHaveLength(2);
});

/** The block with one more word at the end of its first line that can take it. */
function withWords(node: Node): Node {
  if (node.type.name === "horizontalRule") return schema.node("paragraph", null, schema.text("instead"));
  if (node.inlineContent) return node.copy(node.content.append(Fragment.from(schema.text("!"))));
  return withChild(node, 0, withWords(node.child(0)));
}

const withChild = (node: Node, at: number, child: Node) => node.copy(node.content.replaceChild(at, child));

function sliceOf(text: string, index: number) {
  const source = new Source(text, schema);
  const only = source.doc.copy(Fragment.from(source.doc.child(index)));
  return source.write(only).trim();
}

const meaning = (doc: Node) =>
  doc
    .textBetween(
      0,
      doc.content.size,
      "¶",
      (leaf) => `<${leaf.attrs.label ?? leaf.attrs.src ?? leaf.attrs.source ?? " "}>`,
    )
    .replace(/<?\s+>?/g, " ")
    .replace(/[ ¶]*¶[ ¶]*/g, "¶")
    .replace(/^[ ¶]+|[ ¶]+$/g, "");
