import { useEffect, useRef, useState } from "react";
import { takeHeldDrops } from "../frame/held-drops.ts";
import { type Dropped, type FoundFile, filesOf, filesOfDrop, readDrop } from "../imports/read-drop.ts";

/**
 * Takes files and folders dropped, or files pasted, anywhere on the page, and what was dropped before the page was there.
 * True while some are held over it.
 */
export function useFileDrop(onFiles: (files: FoundFile[]) => void): boolean {
  const [isOver, setOver] = useState(false);
  const latest = useRef(onFiles);
  latest.current = onFiles;
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    // Each element under the pointer reports enter and leave: the drag is over the page while they don't cancel out.
    let depth = 0;
    const take = (dropped: Dropped) => void filesOfDrop(dropped).then((found) => latest.current(found));
    const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") === true;
    const listen = (type: "dragenter" | "dragover" | "dragleave" | "drop", act: (event: DragEvent) => void) =>
      window.addEventListener(
        type,
        (event) => {
          if (!carriesFiles(event)) return;
          event.preventDefault();
          act(event);
          setOver(depth > 0);
        },
        // Before whatever refuses files that nobody takes.
        { signal, capture: true },
      );
    listen("dragenter", () => {
      depth += 1;
    });
    listen("dragover", () => {});
    listen("dragleave", () => {
      depth = Math.max(0, depth - 1);
    });
    listen("drop", ({ dataTransfer }) => {
      depth = 0;
      if (dataTransfer) take(readDrop(dataTransfer));
    });
    takeHeldDrops().forEach(take);
    window.addEventListener(
      "paste",
      ({ clipboardData }) => {
        const found = filesOf(clipboardData?.files);
        if (found.length > 0) latest.current(found);
      },
      { signal },
    );
    return () => controller.abort();
  }, []);
  return isOver;
}
