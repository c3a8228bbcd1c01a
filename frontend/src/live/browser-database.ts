import { type DBSchema, deleteDB, type IDBPDatabase, openDB } from "idb";
import { onForget } from "./forget";
import type { Command } from "./outbox";

const NAME = "accord";

/** A copy of something that was read, for a time without a connection. */
export type Kept = { person: number; kind: string; name: string; at: number; value: unknown };

interface Schema extends DBSchema {
  commands: { key: string; value: Command & { person: number }; indexes: { person: number } };
  kept: {
    key: [person: number, kind: string, name: string];
    value: Kept;
    indexes: { age: [person: number, kind: string, at: number] };
  };
}

let opened: Promise<IDBPDatabase<Schema>> | null = null;

/** What this browser keeps over a reload, for each person apart. Rejects where the browser forbids it. */
export function database() {
  opened ??= openDB<Schema>(NAME, 2, {
    upgrade(db, oldVersion) {
      if (oldVersion < 1)
        db.createObjectStore("commands", { keyPath: "commandId" }).createIndex("person", "person");
      if (oldVersion < 2)
        db.createObjectStore("kept", { keyPath: ["person", "kind", "name"] }).createIndex("age", [
          "person",
          "kind",
          "at",
        ]);
    },
    // Another tab signs out and wipes it: it must not have to wait for this one.
    blocking(_current, _next, event) {
      (event.target as IDBDatabase).close();
      opened = null;
    },
    terminated() {
      opened = null;
    },
  });
  return opened;
}

onForget(async () => {
  (await opened)?.close();
  opened = null;
  await deleteDB(NAME);
});
