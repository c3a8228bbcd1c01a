/** Who wants to hear about which thing: told once per step, however often the thing changed in it. */
export class Watchers {
  private readonly listeners = new Map<number, Set<() => void>>();

  watch(id: number, listener: () => void): () => void {
    const known = this.listeners.get(id) ?? new Set();
    this.listeners.set(id, known.add(listener));
    return () => {
      known.delete(listener);
      if (!known.size && this.listeners.get(id) === known) this.listeners.delete(id);
    };
  }

  tell(ids: Iterable<number>) {
    for (const id of ids) for (const listener of this.listeners.get(id) ?? []) listener();
  }

  tellAll() {
    this.tell([...this.listeners.keys()]);
  }
}
