import { database } from "./browser-database";
import type { CommandStorage } from "./outbox";

/** What one person has changed and the server hasn't answered, in the browser's own database. */
export function commandsOf(person: number): CommandStorage {
  return {
    all: async () => (await database()).getAllFromIndex("commands", "person", person),
    put: async (command) => void (await (await database()).put("commands", { ...command, person })),
    remove: async (commandId) => (await database()).delete("commands", commandId),
  };
}
