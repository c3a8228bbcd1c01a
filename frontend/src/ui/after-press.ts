/**
 * Does this once a mouse or a finger that is down has come up again, or at once where none is. What somebody presses must
 * not move away under them, or the press goes nowhere.
 */
export function afterPress(then: () => void) {
  if (!document.querySelector(":active")) return then();
  const ends = ["mouseup", "dragend"];
  const end = () => {
    for (const name of ends) removeEventListener(name, end, true);
    setTimeout(then); // the click comes with the release
  };
  for (const name of ends) addEventListener(name, end, true);
}
