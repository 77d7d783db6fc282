import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type ClerkKeys, createClerkKeys, withInstance } from "./keys.ts";

const PRIVATE_KEY = "private-key.pem";
const PUBLIC_KEY = "public-key.pem";
const WEBHOOK_SECRET = "webhook-secret";

/**
 * The keys that stand in for a Clerk instance, kept in `folder` between runs and readable by its owner alone.
 *
 * @param folder made at the first call; null keeps new keys in memory
 * @throws Error when the folder is there but lacks one of its files
 */
export async function loadClerkKeys(folder: string | null): Promise<ClerkKeys> {
  if (folder === null) return createClerkKeys();
  return (await read(folder)) ?? (await create(folder));
}

async function create(folder: string): Promise<ClerkKeys> {
  const keys = await createClerkKeys();
  await mkdir(dirname(folder), { recursive: true });
  // Made aside and renamed, so that two processes that start together end up with the same keys.
  const draft = await mkdtemp(`${folder}.`);
  const save = (file: string, text: string) => writeFile(join(draft, file), text, { mode: 0o600 });
  await Promise.all([
    save(PRIVATE_KEY, keys.privateKey),
    save(PUBLIC_KEY, keys.jwtKey),
    save(WEBHOOK_SECRET, keys.webhookSecret),
  ]);
  try {
    await rename(draft, folder);
    return keys;
  } catch (error) {
    await rm(draft, { recursive: true });
    const others = await read(folder);
    if (others) return others;
    throw new Error(`${folder} is not complete. Delete it to start over with new keys.`, { cause: error });
  }
}

async function read(folder: string): Promise<ClerkKeys | null> {
  const load = (file: string) => readFile(join(folder, file), "utf8");
  try {
    return withInstance({
      privateKey: await load(PRIVATE_KEY),
      jwtKey: await load(PUBLIC_KEY),
      webhookSecret: await load(WEBHOOK_SECRET),
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
