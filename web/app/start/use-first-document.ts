import { useSearchParams } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { callApi, readJson } from "../api/client.ts";
import { followDocument, isUnderway } from "../api/follow.ts";
import { type ApiProblem, asProblem } from "../api/problem.ts";
import type { Collection, LibraryDocument } from "../api/shapes.ts";
import type { StartData } from "./load-start.ts";

export type FirstDocument =
  | { step: "none" }
  | { step: "sending"; filename: string }
  /** `again`: what to try once more. */
  | { step: "refused"; problem: ApiProblem; again: () => void }
  | { step: "known"; document: LibraryDocument; problem: ApiProblem | null };

/** The first document on its way: taken in, followed page by page, kept in the address for a reload. */
export function useFirstDocument({ collection, document }: StartData) {
  const { t } = useTranslation("start");
  const [, setSearch] = useSearchParams();
  const [first, setFirst] = useState<FirstDocument>(() =>
    document ? { step: "known", document, problem: null } : { step: "none" },
  );
  const [attempt, setAttempt] = useState(0);
  const collectionId = useRef<Promise<string> | null>(null);
  const known = first.step === "known" ? first.document : null;
  const followed = known && isUnderway(known) ? known.id : null;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a further attempt follows the same document again
  useEffect(() => {
    if (followed === null) return;
    const controller = new AbortController();
    const { signal } = controller;
    const follow = async () => {
      for await (const moved of followDocument(followed, signal)) {
        if (signal.aborted) return;
        setFirst(moved ? { step: "known", document: moved, problem: null } : { step: "none" });
      }
    };
    follow().catch((error: unknown) => {
      if (signal.aborted) return;
      setFirst((now) => (now.step === "known" ? { ...now, problem: asProblem(error) } : now));
    });
    return () => controller.abort();
  }, [followed, attempt]);

  /** The collection, made now if this workspace has none. */
  function ensureCollection(): Promise<string> {
    if (collection) return Promise.resolve(collection.id);
    collectionId.current ??= readJson<Collection>("/collections", {
      body: { name: t("collectionName") },
    }).then(({ id }) => id);
    collectionId.current.catch(() => {
      collectionId.current = null;
    });
    return collectionId.current;
  }

  function show(taken: LibraryDocument): void {
    setFirst({ step: "known", document: taken, problem: null });
    const put = (now: URLSearchParams) => {
      now.set("reading", taken.id);
      return now;
    };
    setSearch(put, { replace: true, preventScrollReset: true });
  }

  async function take(filename: string, open: () => Promise<File>): Promise<void> {
    setFirst({ step: "sending", filename });
    try {
      const body = new FormData();
      body.append("file", await open());
      show(await readJson<LibraryDocument>(`/documents/upload/${await ensureCollection()}`, { body }));
    } catch (error) {
      setFirst({ step: "refused", problem: asProblem(error), again: () => void take(filename, open) });
    }
  }

  /** Has a document that failed read once more. */
  async function retry(id: string): Promise<void> {
    await callApi(`/documents/${id}/retry`, { method: "POST" }).catch(() => undefined);
    await readJson<LibraryDocument>(`/documents/${id}`).then(show, (error: unknown) =>
      setFirst((now) => (now.step === "known" ? { ...now, problem: asProblem(error) } : now)),
    );
  }

  return {
    first,
    take,
    retry,
    followAgain: () => {
      setFirst((now) => (now.step === "known" ? { ...now, problem: null } : now));
      setAttempt((n) => n + 1);
    },
  };
}
