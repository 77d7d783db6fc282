import { readFileSync } from "node:fs";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { type Records, records } from "./records.ts";

export type State = {
  records: Records;
  /** Resolves when the file holds what the records are now (at once where there is no file). */
  save(): Promise<void>;
};

const EMPTY = {
  customers: {},
  checkoutSessions: {},
  subscriptions: {},
  invoices: {},
  portalSessions: {},
  events: [],
  idempotentAnswers: {},
} satisfies Records;

/**
 * Reads the records from a file, or starts with none.
 *
 * @throws Error when the file is there but isn't the stand-in's state
 */
export function openState(file: string | null): State {
  if (file === null) return { records: structuredClone(EMPTY), save: async () => {} };

  const loaded = read(file);
  let writing: Promise<void> = Promise.resolve();
  return {
    records: loaded,
    save: () => {
      const write = writing.then(() => replace(file, JSON.stringify(loaded)));
      writing = write.catch(() => {});
      return write;
    },
  };
}

function read(file: string): Records {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return structuredClone(EMPTY);
    throw error;
  }
  try {
    return records.parse(JSON.parse(text));
  } catch (error) {
    throw new Error(`${file} isn't the state of Ancre's Stripe stand-in. Delete it to start afresh.`, {
      cause: error,
    });
  }
}

/** By rename, so that a kill leaves the old state or the new one, never half of it. */
async function replace(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const draft = `${file}.new`;
  await writeFile(draft, text);
  await rename(draft, file);
}
