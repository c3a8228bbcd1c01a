/** Where the browser remembers it; other tabs hear of a change. */
export const PERSON_KEY = "accord.signed_in";

/** Whose browser this is, as far as it knows without asking: remembered until they sign out. */
export function personHere(): number | null {
  return Number(localStorage.getItem(PERSON_KEY)) || null;
}

export function rememberPerson(person: number) {
  localStorage.setItem(PERSON_KEY, String(person));
}

export function forgetPerson() {
  localStorage.removeItem(PERSON_KEY);
}
