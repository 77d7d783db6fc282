import { useEffect, useReducer, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { callApi, readJson } from "../api/client.ts";
import { createLanes } from "../api/lanes.ts";
import { type ApiProblem, asProblem } from "../api/problem.ts";
import type { Collection, LibraryDocument, List, UploadedDocument } from "../api/shapes.ts";
import { emptyLibrary, isUnderway, reduceLibrary, type Upload } from "./library-state.ts";
import { documentsPath } from "./load-library.ts";
import { watchDocument } from "./watch-document.ts";

/** The documents of one collection: those that are there, those on their way, and what can be done to them. */
export function useLibrary(known: Collection | null, page: List<LibraryDocument>) {
  const { t } = useTranslation("library");
  const [state, dispatch] = useReducer(reduceLibrary, page, emptyLibrary);
  const [announcement, setAnnouncement] = useState("");
  const [watch, setWatch] = useState<Watch>({ attempt: 0, problem: null });
  const [sendInTurn] = useState(() => createLanes(2));
  const collectionId = useRef<Promise<string> | null>(null);

  useEffect(() => dispatch({ type: "loaded", page }), [page]);

  useWatchers(state.documents, watch.attempt, {
    onChange(id, document) {
      if (!document) return dispatch({ type: "document-gone", id });
      dispatch({ type: "document-changed", document });
      const name = document.filename;
      if (document.status === "ready") setAnnouncement(t("readyAnnouncement", { name }));
      if (document.status === "failed") setAnnouncement(t("failedAnnouncement", { name }));
    },
    onProblem: (problem) => setWatch(({ attempt }) => ({ attempt, problem })),
  });

  /** The collection, made now if this tenant has none. */
  function ensureCollection(): Promise<string> {
    if (known) return Promise.resolve(known.id);
    collectionId.current ??= readJson<Collection>("/collections", {
      body: { name: t("collectionName") },
    }).then(({ id }) => id);
    collectionId.current.catch(() => {
      collectionId.current = null;
    });
    return collectionId.current;
  }

  async function send({ key, file }: Upload): Promise<void> {
    dispatch({ type: "upload-changed", key, state: "waiting", problem: null });
    await sendInTurn(async () => {
      dispatch({ type: "upload-changed", key, state: "sending", problem: null });
      try {
        const body = new FormData();
        body.append("file", file);
        const path = `/documents/upload/${await ensureCollection()}`;
        const document = await readJson<UploadedDocument>(path, { body });
        dispatch({ type: "upload-taken", key, document });
        if (document.duplicate) setAnnouncement(t("alreadyThere", { name: document.filename }));
      } catch (error) {
        dispatch({ type: "upload-changed", key, state: "waiting", problem: asProblem(error) });
      }
    });
  }

  function add(files: File[]): void {
    const uploads = files.map(
      (file): Upload => ({ key: crypto.randomUUID(), file, state: "waiting", problem: null }),
    );
    dispatch({ type: "uploads-added", uploads });
    for (const upload of uploads) void send(upload);
  }

  async function remove(id: string): Promise<void> {
    await callApi(`/documents/${id}`, { method: "DELETE" }).catch((error: unknown) => {
      if (asProblem(error).code !== "not_found") throw error;
    });
    dispatch({ type: "document-gone", id });
  }

  async function showMore(): Promise<void> {
    if (!known || state.nextCursor === null) return;
    const more = await readJson<List<LibraryDocument>>(documentsPath(known.id, state.nextCursor));
    dispatch({ type: "more", page: more });
  }

  return {
    ...state,
    announcement,
    watchProblem: watch.problem,
    watchAgain: () => setWatch(({ attempt }) => ({ attempt: attempt + 1, problem: null })),
    add,
    remove,
    showMore,
    retry: (upload: Upload) => void send(upload),
    dismiss: ({ key }: Upload) => dispatch({ type: "upload-gone", key }),
  };
}

/** How often following was begun anew, and why it ended for a document, if it did. */
type Watch = { attempt: number; problem: ApiProblem | null };

type Watcher = {
  onChange: (id: string, document: LibraryDocument | null) => void;
  onProblem: (problem: ApiProblem) => void;
};

/** Follows every document that is underway, two at a time; a new attempt takes up those that were given up. */
function useWatchers(documents: LibraryDocument[], attempt: number, watcher: Watcher): void {
  const latest = useRef(watcher);
  latest.current = watcher;
  const watchers = useRef({ signal: AbortSignal.abort(), run: createLanes(2), ids: new Set<string>() });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt forgets what was followed
  useEffect(() => {
    const controller = new AbortController();
    watchers.current = { signal: controller.signal, run: createLanes(2), ids: new Set() };
    return () => controller.abort();
  }, [attempt]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: and follows the same documents again
  useEffect(() => {
    const { signal, run, ids } = watchers.current;
    for (const { id } of documents.filter(isUnderway)) {
      if (ids.has(id)) continue;
      ids.add(id);
      void run(async () => {
        for await (const document of watchDocument(id, signal)) {
          if (!signal.aborted) latest.current.onChange(id, document);
        }
      }).catch((error: unknown) => {
        if (!signal.aborted) latest.current.onProblem(asProblem(error));
      });
    }
  }, [documents, attempt]);
}
