/** Answers that the page asked for before this program was here: see `early.js` beside the page that Django serves. */
declare global {
  interface Window {
    earlyAnswers?: Map<string, Promise<Response>>;
  }
}

const FRESH_MS = 10_000;

/** The answer to a question that the page has asked already: for the first who wants it, and while it is fresh. */
export function takeEarly(path: string): Promise<Response> | undefined {
  const answer = window.earlyAnswers?.get(path);
  window.earlyAnswers?.delete(path);
  return performance.now() < FRESH_MS ? answer : undefined;
}

/** Whatever is changed, by whomever it is: what was asked before that is not what holds now. */
export function forgetEarly() {
  window.earlyAnswers?.clear();
}
