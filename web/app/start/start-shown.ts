import { readJson } from "../api/client.ts";
import type { Collection, List } from "../api/shapes.ts";
import { chosenTenant } from "../api/tenant-choice.ts";

const name = () => `ancre.start.skipped.${chosenTenant() ?? "own"}`;

/** Remembers, in this browser, that the reader wants to find their own way in this workspace. */
export function skipStart(): void {
  localStorage.setItem(name(), "yes");
}

/** Where one arrives: at the first steps while the workspace has nothing to answer from. */
export async function homePath(): Promise<"/start" | "/ask"> {
  if (localStorage.getItem(name())) return "/ask";
  try {
    const { data } = await readJson<List<Collection>>("/collections?limit=100");
    return data.some(({ documents_count }) => documents_count > 0) ? "/ask" : "/start";
  } catch {
    // That page says what is wrong, and can try again.
    return "/ask";
  }
}
