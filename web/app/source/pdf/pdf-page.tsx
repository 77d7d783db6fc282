import { type RefObject, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { DocumentPage, LibraryDocument } from "../../api/shapes.ts";
import { useQuantities } from "../../i18n/use-quantities.ts";
import { SheetSkeleton } from "../sheet-skeleton.tsx";
import type { Span } from "../text/page-lines.ts";
import { drawPage } from "./draw-page.ts";
import { loadPdf } from "./load-pdf.ts";
import { placeQuote } from "./place-quote.ts";
import { type Box, quoteBoxes } from "./quote-boxes.ts";

type Props = {
  document: LibraryDocument;
  page: DocumentPage;
  span: Span | null;
  /** Times the width there is. */
  zoom: number;
  onFail: (why: "notPlaced" | "notDrawn") => void;
};

/** A page of a PDF as it looks, the quote marked on it. */
export function PdfPage({ document, page, span, zoom, onFail }: Props) {
  const { t } = useTranslation("source");
  const { percent } = useQuantities();
  const sheet = useRef<HTMLElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const text = useRef<HTMLDivElement>(null);
  const [stage, setStage] = useState<"fetching" | "drawing" | "drawn">("fetching");
  const [share, setShare] = useState(0);
  const [boxes, setBoxes] = useState<Box[]>([]);
  const [items, setItems] = useState<{ divs: HTMLElement[]; strings: string[] } | null>(null);
  const fail = useRef(onFail);
  fail.current = onFail;

  // biome-ignore lint/correctness/useExhaustiveDependencies: at another width it is drawn anew, as sharp as before
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    (async () => {
      const pdf = await loadPdf(document.id, page.version, setShare);
      if (signal.aborted || !sheet.current || !canvas.current || !text.current) return;
      setStage((now) => (now === "drawn" ? now : "drawing"));
      const parts = { sheet: sheet.current, canvas: canvas.current, text: text.current };
      const drawn = await drawPage(pdf, page.number, parts, signal);
      if (signal.aborted) return;
      setItems(drawn);
      setStage("drawn");
    })().catch(() => {
      if (!signal.aborted) fail.current("notDrawn");
    });
    return () => controller.abort();
  }, [document.id, page.version, page.number, zoom]);

  useEffect(() => {
    if (!items || !sheet.current) return;
    const stretches = span && placeQuote(items.strings, page.text, span);
    if (span && !stretches) return fail.current("notPlaced");
    setBoxes(stretches ? quoteBoxes(sheet.current, items.divs, stretches) : []);
  }, [items, span, page.text]);

  useTextScale(sheet, items !== null);

  const first = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (boxes.length > 0) first.current?.scrollIntoView({ block: "center" });
  }, [boxes]);

  const waiting = share > 0 ? t("loadingShare", { share: percent(Math.min(1, share)) }) : t("loadingFile");
  return (
    <>
      {stage !== "drawn" && <SheetSkeleton label={stage === "drawing" ? t("drawing") : waiting} />}
      <section
        ref={sheet}
        style={{ width: `${zoom * 100}%` }}
        className={`pdf-sheet ${stage === "drawn" ? "" : "invisible h-0 overflow-hidden"}`}
        aria-label={t("drawn", { filename: document.filename, place: t("page", { number: page.number }) })}
        data-drawn={stage === "drawn"}
      >
        <canvas ref={canvas} />
        <div ref={text} className="pdf-text" />
        {boxes.map((box, index) => (
          <div
            key={`${box.left}-${box.top}`}
            ref={index === 0 ? first : null}
            className="quote-box"
            data-quote-box
            style={{
              left: `${box.left}%`,
              top: `${box.top}%`,
              width: `${box.width}%`,
              height: `${box.height}%`,
            }}
          />
        ))}
      </section>
    </>
  );
}

/** The canvas shrinks and grows with its sheet, and so must the text above it, which PDF.js sets in points. */
function useTextScale(sheet: RefObject<HTMLElement>, isDrawn: boolean): void {
  useEffect(() => {
    const node = sheet.current;
    if (!node || !isDrawn) return;
    const points = node.clientWidth / Number(node.style.getPropertyValue("--total-scale-factor"));
    const observer = new ResizeObserver(() =>
      node.style.setProperty("--total-scale-factor", String(node.clientWidth / points)),
    );
    observer.observe(node);
    return () => observer.disconnect();
  }, [sheet, isDrawn]);
}
