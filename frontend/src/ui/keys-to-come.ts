/** Parts of the page that bring keys and have not come yet, each with what makes it come at once. */
const coming = new Set<() => void>();

/** Says that a part with keys is still to come, until what is returned is called. */
export function keysToCome(hasten: () => void): () => void {
  const entry = () => hasten();
  coming.add(entry);
  return () => coming.delete(entry);
}

export const areKeysToCome = () => coming.size > 0;

/** For a key that nobody knows so far. */
export const hastenKeys = () => {
  for (const hasten of [...coming]) hasten();
};
