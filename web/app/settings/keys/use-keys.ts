import { useEffect, useState } from "react";
import { callApi, readJson } from "../../api/client.ts";
import { type ApiProblem, asProblem } from "../../api/problem.ts";
import type { ApiKey, List } from "../../api/shapes.ts";
import { keysPath } from "../load-settings.ts";

export type KeyListControl = ReturnType<typeof useKeys>;

/** The keys, newest first, those made and revoked here included. */
export function useKeys(page: List<ApiKey>) {
  const [{ data: keys, next_cursor: cursor }, setList] = useState(page);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  useEffect(() => setList(page), [page]);

  async function revoke(id: string): Promise<void> {
    await callApi(`/api-keys/${id}`, { method: "DELETE" }).catch((error: unknown) => {
      // Somebody else was first.
      if (asProblem(error).code !== "not_found") throw error;
    });
    const now = new Date().toISOString();
    setList(({ data, next_cursor }) => ({
      data: data.map((key) => (key.id === id ? { ...key, revoked_at: now } : key)),
      next_cursor,
    }));
  }

  function showMore(): void {
    setProblem(null);
    readJson<List<ApiKey>>(keysPath(cursor)).then(
      (more) => setList(({ data }) => ({ data: [...data, ...more.data], next_cursor: more.next_cursor })),
      (error: unknown) => setProblem(asProblem(error)),
    );
  }

  return {
    keys,
    hasMore: cursor !== null,
    problem,
    add: (key: ApiKey) => setList(({ data, next_cursor }) => ({ data: [key, ...data], next_cursor })),
    revoke,
    showMore,
  };
}

/** Whether a key is taken no more, and since when. */
export function endOf(key: ApiKey, now: Date): { how: "revoked" | "expired"; at: string } | null {
  if (key.revoked_at) return { how: "revoked", at: key.revoked_at };
  const hasExpired = key.expires_at !== null && new Date(key.expires_at) <= now;
  return hasExpired && key.expires_at ? { how: "expired", at: key.expires_at } : null;
}
