// What the first paint waits for is asked for while the program itself is still on its way. frontend/src/api/early.ts
// hands the answers out; what the program asks first stands in frontend/src/app/main.tsx.
(() => {
  const answers = (window.earlyAnswers = new Map());
  const ask = (path, then) => {
    const answer = fetch("/api/v1" + path, { headers: { Accept: "application/json" } }).then(then);
    answer.catch(() => {}); // whoever takes the answer hears of what went wrong
    answers.set(path, answer);
  };
  const askForBoard = (id) => ask(`/projects/${id}/board`);
  const findBoard = async (found) => {
    if (found.ok) askForBoard((await found.clone().json()).id);
    return found; // only now, or the program would ask for the board a second time
  };
  if (!localStorage.getItem("accord.signed_in")) return;
  ask("/me");
  ask("/workspace");
  const [, key] = /^\/b\/(\w+)(?:\/|$)/.exec(location.pathname) ?? [];
  if (!key) return;
  const id = localStorage.getItem("accord.board." + key);
  if (id) askForBoard(id);
  else ask("/projects/by-key/" + key, findBoard);
})();
