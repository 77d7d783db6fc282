import { readJson } from "../api/client.ts";
import { ApiProblem } from "../api/problem.ts";
import type { Assistant, Collection, List, OwnMembership, UsageDay } from "../api/shapes.ts";
import { loadWords } from "../i18n/load-words.ts";

/** Days that "this week" is. */
const WEEK_DAYS = 7;
const DAY_MS = 24 * 60 * 60 * 1_000;

export type AssistantsData = {
  assistants: Assistant[];
  collections: Collection[];
  /** Questions of the last seven days by assistant; null when they can't be read. */
  weekly: Map<string, number> | null;
  canManage: boolean;
};

export type EditorData = { assistant: Assistant | null; collections: Collection[]; canManage: boolean };

/** Throws `ApiProblem` when the assistants can't be read. */
export async function loadAssistants(): Promise<AssistantsData> {
  const [assistants, collections, weekly, canManage] = await Promise.all([
    readJson<List<Assistant>>("/assistants?limit=100"),
    loadCollections(),
    loadWeekly(new Date()),
    loadCanManage(),
    loadWords("assistants"),
  ]);
  return { assistants: assistants.data, collections, weekly, canManage };
}

/** What the form stands on; `id` is null for an assistant to be made. Throws `ApiProblem`. */
export async function loadEditor(id: string | null): Promise<EditorData> {
  const [assistant, collections, canManage] = await Promise.all([
    id ? readJson<Assistant>(`/assistants/${encodeURIComponent(id)}`) : null,
    loadCollections(),
    loadCanManage(),
    loadWords("assistants", "deletion"),
  ]);
  return { assistant, collections, canManage };
}

async function loadCollections(): Promise<Collection[]> {
  return (await readJson<List<Collection>>("/collections?limit=100")).data;
}

async function loadCanManage(): Promise<boolean> {
  return (await readJson<OwnMembership>("/members/me")).role !== "member";
}

async function loadWeekly(now: Date): Promise<Map<string, number> | null> {
  const day = (moment: Date) => moment.toISOString().slice(0, 10);
  const from = day(new Date(now.getTime() - (WEEK_DAYS - 1) * DAY_MS));
  const path = `/usage/history?from=${from}&to=${day(now)}&granularity=day`;
  try {
    return sumByAssistant((await readJson<{ data: UsageDay[] }>(path)).data);
  } catch (error) {
    // The cards can do without; anything but the API's refusal is ours.
    if (error instanceof ApiProblem) return null;
    throw error;
  }
}

function sumByAssistant(days: UsageDay[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { assistant_id: id, questions } of days.flatMap(({ assistants }) => assistants))
    if (id) sums.set(id, (sums.get(id) ?? 0) + questions);
  return sums;
}
