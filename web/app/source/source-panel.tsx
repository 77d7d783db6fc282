import { useEffect, useRef } from "react";
import type { LibraryDocument } from "../api/shapes.ts";
import { PanelFoot } from "./panel-foot.tsx";
import { PanelHead } from "./panel-head.tsx";
import type { Place } from "./place.ts";
import { SourcePage } from "./source-page.tsx";
import { useLoaded } from "./use-loaded.ts";
import type { useSource } from "./use-source.ts";
import { useWalkKeys } from "./use-walk-keys.ts";

export type SourceControl = ReturnType<typeof useSource>;

/** The page behind an anchor with the exact words of the quote, and the way to its neighbours. */
export function SourcePanel({ source, place }: { source: SourceControl; place: Place }) {
  const { state: file, retry } = useLoaded<LibraryDocument>(`/documents/${place.documentId}`);
  const title = useRef<HTMLHeadingElement>(null);
  useWalkKeys({ onClose: source.close, onWalk: source.walk });
  const { anchor } = source;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new anchor is announced by its heading
  useEffect(() => title.current?.focus({ preventScroll: true }), [anchor]);
  const document = file.status === "ready" ? file.value : null;
  return (
    <>
      <PanelHead source={source} place={place} document={document} titleRef={title} />
      <SourcePage source={source} place={place} file={file} onRetry={retry} />
      <PanelFoot source={source} />
    </>
  );
}
