import { useEffect, useReducer, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { readJson } from "../api/client.ts";
import { isUnderway, mayPass } from "../api/follow.ts";
import { type ApiProblem, asProblem } from "../api/problem.ts";
import type { Collection, LibraryDocument, List } from "../api/shapes.ts";
import { useIsImportingInto } from "../imports/use-imports.ts";
import { readChanges } from "./read-changes.ts";
import { reduceRows, rowsOf } from "./rows.ts";
import { documentsPath, isNewestFirst, type View } from "./view.ts";

/** Between two looks while something moves. Milliseconds. */
const LOOK_MS = 1_500;
/** More ends than this at once aren't read out one by one. */
const MAX_SAID = 3;

/** A collection's documents in a view: loaded as far as one has scrolled, kept up to date while any of them moves. */
export function useDocuments(
  collection: Collection | null,
  view: View,
  page: List<LibraryDocument>,
  onMoved: (isSettled: boolean) => void,
) {
  const { t } = useTranslation("library");
  const [rows, dispatch] = useReducer(reduceRows, page, rowsOf);
  const [announcement, setAnnouncement] = useState("");
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const isImporting = useIsImportingInto(collection?.id ?? null);
  const isMoving = isImporting || rows.documents.some(isUnderway);
  const loading = useRef<Promise<void> | null>(null);
  const wasMoving = useRef(false);
  const latest = useRef({ rows, view, page, onMoved });
  latest.current = { rows, view, page, onMoved };

  useEffect(() => {
    dispatch({ type: "loaded", page });
    loading.current = null;
  }, [page]);

  function say(changed: LibraryDocument[]): void {
    const before = new Map(latest.current.rows.documents.map((document) => [document.id, document]));
    const ended = changed.filter((now) => {
      const old = before.get(now.id);
      return !isUnderway(now) && (old ? isUnderway(old) : isNewestFirst(latest.current.view));
    });
    if (ended.length === 0 || ended.length > MAX_SAID) return;
    const words = ended.map(({ status, filename: name }) =>
      t(status === "failed" ? "failedAnnouncement" : "readyAnnouncement", { name }),
    );
    setAnnouncement(words.join(". "));
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is looked at is read at each look
  useEffect(() => {
    if (!collection || !isMoving || problem) return;
    const controller = new AbortController();
    const { signal } = controller;
    let since = newestChange(latest.current.rows.documents);
    async function look(): Promise<void> {
      if (!collection || document.hidden) return;
      const changed = await readChanges(collection.id, since, signal);
      if (signal.aborted || changed.length === 0) return;
      since = newestChange(changed) ?? since;
      say(changed);
      const known = new Set(latest.current.rows.documents.map(({ id }) => id));
      const isAnyNew = changed.some(({ id }) => !known.has(id));
      dispatch({ type: "changed", documents: changed, newOnTop: isNewestFirst(latest.current.view) });
      if (isAnyNew) latest.current.onMoved(false);
    }
    const timer = setInterval(() => {
      look().catch((error: unknown) => {
        const { code } = asProblem(error);
        if (!signal.aborted && !mayPass(code) && code !== "rate_limited") setProblem(asProblem(error));
      });
    }, LOOK_MS);
    return () => {
      clearInterval(timer);
      controller.abort();
    };
  }, [collection?.id, isMoving, problem]);

  // Once, when the last of them has come to its end.
  useEffect(() => {
    if (wasMoving.current && !isMoving) latest.current.onMoved(true);
    wasMoving.current = isMoving;
  }, [isMoving]);

  /** One page more; asked again while it is on its way, the same. Throws `ApiProblem`. */
  function loadMore(): Promise<void> {
    const { nextCursor } = latest.current.rows;
    const of = page;
    if (!collection || nextCursor === null) return Promise.resolve();
    loading.current ??= readJson<List<LibraryDocument>>(documentsPath(collection.id, view, nextCursor))
      .then((more) => {
        if (latest.current.page === of) dispatch({ type: "more", page: more });
      })
      .finally(() => {
        loading.current = null;
      });
    return loading.current;
  }

  /** The rest of the list as well; gives all of it. Throws `ApiProblem`. */
  async function loadAll(): Promise<LibraryDocument[]> {
    const all = [...latest.current.rows.documents];
    const known = new Set(all.map(({ id }) => id));
    for (let cursor = latest.current.rows.nextCursor; collection && cursor !== null; ) {
      const more: List<LibraryDocument> = await readJson(documentsPath(collection.id, view, cursor));
      all.push(...more.data.filter(({ id }) => !known.has(id)));
      dispatch({ type: "more", page: more });
      cursor = more.next_cursor;
    }
    return all;
  }

  return {
    ...rows,
    announcement,
    problem,
    lookAgain: () => setProblem(null),
    loadMore,
    loadAll,
    noteChanged: (documents: LibraryDocument[]) => dispatch({ type: "changed", documents, newOnTop: false }),
    noteGone: (ids: string[]) => dispatch({ type: "gone", ids: new Set(ids) }),
    say: setAnnouncement,
  };
}

/** The latest moment at which any of them changed; null without any. */
function newestChange(documents: LibraryDocument[]): string | null {
  return documents.reduce<string | null>(
    (latest, { updated_at }) => (latest === null || updated_at > latest ? updated_at : latest),
    null,
  );
}
