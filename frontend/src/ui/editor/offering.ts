import { type Editor, Extension } from "@tiptap/core";
import { Suggestion } from "@tiptap/suggestion";
import type { Mentionable } from "./writing";

/** What is offered at the caret just now. */
export type Offer = {
  offered: Mentionable[];
  active: number;
  at: { left: number; top: number; bottom: number };
  pick: (one: Mentionable) => void;
};
type Options = {
  offer: (query: string) => Mentionable[] | Promise<Mentionable[]>;
  show: (offer: Offer | null) => void;
};

const NEXT: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };

/** `@` offers what can be mentioned: arrows choose, Enter or Tab takes, Esc leaves it at what was typed. */
export function offering({ offer, show }: Options) {
  let now: Offer | null = null;
  let asked = 0;
  /** An answer that comes after more was typed is not for what stands there now. */
  const newest = async (query: string): Promise<Mentionable[]> => {
    asked += 1;
    const own = asked;
    const found = await offer(query);
    return own === asked ? found : (now?.offered ?? []);
  };
  const set = (next: Offer | null) => {
    now = next;
    show(next);
  };
  return Extension.create({
    name: "offering",
    addProseMirrorPlugins() {
      return [
        Suggestion<Mentionable, Mentionable>({
          editor: this.editor,
          char: "@",
          allowSpaces: true,
          allowedPrefixes: null,
          // Chinese is written without spaces: only Latin letters and digits before it make an @ part of an address.
          allow: ({ state, range }) =>
            !/[A-Za-z0-9._%+-]$/.test(state.doc.textBetween(Math.max(0, range.from - 1), range.from)) &&
            !state.doc.resolve(range.from).parent.type.spec.code,
          items: ({ query }) => newest(query),
          command: ({ editor, range, props }) => mention(editor, range, props),
          render: () => {
            const open = (props: {
              items: Mentionable[];
              clientRect?: (() => DOMRect | null) | null;
              command: Offer["pick"];
            }) => {
              const box = props.clientRect?.();
              if (!box || props.items.length === 0) return set(null);
              set({
                offered: props.items,
                active: 0,
                at: { left: box.left, top: box.top, bottom: box.bottom },
                pick: props.command,
              });
            };
            return {
              onStart: open,
              onUpdate: open,
              onExit: () => set(null),
              onKeyDown: ({ event }) => {
                if (!now || event.isComposing) return false;
                const { offered, active, pick } = now;
                const step = NEXT[event.key];
                const chosen = offered[active];
                if (step) set({ ...now, active: (active + step + offered.length) % offered.length });
                else if ((event.key === "Enter" || event.key === "Tab") && chosen) pick(chosen);
                else return false;
                return true;
              },
            };
          },
        }),
      ];
    },
  });
}

function mention(editor: Editor, range: { from: number; to: number }, { href, label }: Mentionable) {
  const content = [
    { type: "mention", attrs: { href, label } },
    { type: "text", text: " " },
  ];
  editor.chain().focus().insertContentAt(range, content).run();
}
