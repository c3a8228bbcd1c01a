import { act, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { type Action, actionsIn, LAYERS, overlay } from "./actions";
import { capsOf, pressed } from "./keys";
import { keysToCome } from "./keys-to-come";
import { useActions } from "./use-actions";
import { useKeyListener } from "./use-key-listener";

const key = (name: string, more: KeyboardEventInit = {}) =>
  new KeyboardEvent("keydown", { key: name, ...more });

test.each([
  [key("c"), "c"],
  [key("C", { shiftKey: true }), "Shift+c"],
  [key("？", { shiftKey: true }), "?"],
  [key("ArrowLeft", { altKey: true }), "Alt+ArrowLeft"],
  [key("k", { ctrlKey: true }), "Mod+k"],
  [key("ArrowDown", { shiftKey: true }), "Shift+ArrowDown"],
])("what was pressed is written as actions write it: %#", (event, written) => {
  expect(pressed(event)).toBe(written);
});

test("arrows stand together behind what is held with them", () => {
  expect(capsOf(["Alt+ArrowLeft", "Alt+ArrowUp"])).toEqual([["Alt", "←", "↑"]]);
  expect(capsOf(["g b"])).toEqual([["G", "B"]]);
  expect(capsOf(["x", "Shift+x"])).toEqual([["X"], ["Shift", "X"]]);
});

function Offering({ actions, layer = "page" }: { actions: Action[]; layer?: "app" | "page" | "sheet" }) {
  useActions(layer, actions);
  return null;
}
function Listening() {
  useKeyListener();
  return <input aria-label="field" />;
}
const action = (id: string, keys: string[], more: Omit<Partial<Action>, "run"> = {}) => ({
  id,
  group: "board" as const,
  word: "keys.help" as const,
  keys,
  run: vi.fn(),
  ...more,
});

test("a key does what is offered now, the sheet before the page, and nothing in a text field", async () => {
  const user = userEvent.setup();
  const [page, sheet, everywhere] = [
    action("card.label", ["l"]),
    action("card.label", ["l"]),
    action("palette", ["Mod+k"], { isEverywhere: true }),
  ];
  const { rerender } = render(
    <>
      <Listening />
      <Offering actions={[page, everywhere]} />
    </>,
  );
  await user.keyboard("l");
  expect(page.run).toHaveBeenCalledTimes(1);
  rerender(
    <>
      <Listening />
      <Offering actions={[page, everywhere]} />
      <div data-sheet />
      <Offering layer="sheet" actions={[sheet]} />
    </>,
  );
  await user.keyboard("l");
  expect([page.run.mock.calls.length, sheet.run.mock.calls.length]).toEqual([1, 1]);
  expect(actionsIn(LAYERS).filter(({ id }) => id === "card.label")).toEqual([sheet]);
  await user.click(screen.getByLabelText("field"));
  await user.keyboard("l{Control>}k{/Control}");
  expect(sheet.run).toHaveBeenCalledTimes(1);
});

test("two keys one after the other", async () => {
  const user = userEvent.setup();
  const [go, board] = [action("go", ["g b"]), action("b", ["b"])];
  render(
    <>
      <Listening />
      <Offering actions={[board]} />
      <Offering layer="app" actions={[go]} />
    </>,
  );
  await user.keyboard("gb");
  expect([go.run.mock.calls.length, board.run.mock.calls.length]).toEqual([1, 0]);
  await user.keyboard("b");
  expect(board.run).toHaveBeenCalledTimes(1);
});

test("what is not offered now is not done; what has choices asks for one", async () => {
  const user = userEvent.setup();
  const never = action("never", ["x"], { isOffered: () => false });
  const asks = action("asks", ["a"], { choices: () => [] });
  render(
    <>
      <Listening />
      <Offering actions={[never, asks]} />
    </>,
  );
  await user.keyboard("xa");
  expect(never.run).not.toHaveBeenCalled();
  expect(overlay.get()).toEqual({ kind: "palette", action: asks });
  overlay.set(null);
});

test("a key that is pressed before the part that knows it has come is kept for it, and makes it come", async () => {
  const user = userEvent.setup();
  const hasten = vi.fn();
  const come = keysToCome(hasten);
  const [go, priority, high] = [
    action("go.inbox", ["g i"]),
    action("card.priority", ["p"], { choices: () => [] }),
    action("card.high", ["h"]),
  ];
  const { rerender } = render(<Listening />);
  await user.keyboard("giph");
  expect(hasten).toHaveBeenCalledTimes(4);
  await user.type(screen.getByLabelText("field"), "p");
  screen.getByLabelText("field").blur();

  rerender(
    <>
      <Listening />
      <Offering actions={[go]} />
    </>,
  );
  expect(go.run).not.toHaveBeenCalled();
  come();
  rerender(
    <>
      <Listening />
      <Offering actions={[go, priority, high]} />
    </>,
  );
  await act(async () => {});
  expect(go.run).toHaveBeenCalledTimes(1);
  expect(overlay.get()).toMatchObject({ action: { id: "card.priority" } });
  expect(high.run).not.toHaveBeenCalled();
  overlay.set(null);

  await user.keyboard("h");
  expect(high.run).toHaveBeenCalledTimes(1);
});

test("a list that fades away is over nothing any more", async () => {
  const user = userEvent.setup();
  const undo = action("undo", ["Mod+z"]);
  const page = (opacity: number) => (
    <>
      <Listening />
      <Offering actions={[undo]} />
      <div style={{ opacity }}>
        <div role="listbox" />
      </div>
    </>
  );
  const { rerender } = render(page(1));
  await user.keyboard("{Control>}z{/Control}");
  expect(undo.run).not.toHaveBeenCalled();
  rerender(page(0));
  await user.keyboard("{Control>}z{/Control}");
  expect(undo.run).toHaveBeenCalledTimes(1);
});
