type Options = {
  token: () => string;
  isSignedIn: (person: number) => boolean;
  /** Asks the server whose cookie this is; throws where it doesn't say. */
  ask: () => Promise<number>;
};

/**
 * Tabs share one cookie. Before anything leaves on behalf of `person`, makes sure that nobody else has signed in with
 * it in another tab: signing in gives the browser another token, and then the server is asked who it is.
 */
export function samePerson(person: number, { token, isSignedIn, ask }: Options): () => Promise<boolean> {
  let known = token();
  return async () => {
    if (token() === known && isSignedIn(person)) return true;
    const asked = token();
    if ((await ask()) !== person) return false;
    known = asked;
    return token() === asked;
  };
}
