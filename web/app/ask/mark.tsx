import * as HoverCard from "@radix-ui/react-hover-card";
import { cx } from "class-variance-authority";
import { CircleHelp } from "lucide-react";
import { useTranslation } from "react-i18next";
import { markId } from "../source/anchor.ts";
import { usePlaceWords } from "../source/use-place-words.ts";
import type { Mark } from "./cut-answer.ts";

/** Before the card shows, so that passing over marks shows none. Milliseconds. */
const OPEN_AFTER_MS = 150;
const CLOSE_AFTER_MS = 120;

type Props = { turnId: string; mark: Mark; isOpen: boolean; onOpen: () => void };

/** An anchor's number at the end of its sentence; the pointer or focus shows the quote, a press opens the page. */
export function MarkButton({ turnId, mark: { number, citation }, isOpen, onOpen }: Props) {
  const { t } = useTranslation("ask");
  const where = `${citation.filename}, ${usePlaceWords()(citation)}`;
  return (
    <HoverCard.Root openDelay={OPEN_AFTER_MS} closeDelay={CLOSE_AFTER_MS}>
      <HoverCard.Trigger asChild>
        <button
          type="button"
          // The sentence that shares its words with an earlier one has a mark of its own: one id each.
          id={markId(turnId, number, citation.answer_start)}
          data-mark={number}
          aria-label={t("mark", { number, where })}
          onClick={onOpen}
          className={cx(
            "relative ml-0.5 inline-grid h-[1.125rem] min-w-[1.125rem] -translate-y-1 place-items-center rounded-full px-1 align-baseline text-[0.6875rem] leading-none font-semibold transition-colors after:absolute after:-inset-x-0.5 after:-inset-y-2",
            isOpen ? "bg-brass text-surface" : "bg-brass-wash text-brass hover:bg-brass hover:text-surface",
          )}
        >
          {number}
        </button>
      </HoverCard.Trigger>
      <HoverCard.Portal>
        <HoverCard.Content
          side="top"
          sideOffset={6}
          collisionPadding={12}
          data-screen
          className="z-50 grid w-[min(24rem,calc(100vw-1.5rem))] animate-fade gap-2.5 rounded-xl border border-line bg-raised p-4 text-sm whitespace-normal shadow-float"
        >
          <blockquote
            dir="auto"
            className="line-clamp-6 border-l-2 border-brass-line pl-3 font-serif text-[0.9375rem] leading-relaxed"
          >
            {citation.quote}
          </blockquote>
          <p className="text-soft">
            <span className="font-medium break-words text-ink">{citation.filename}</span>
            {" · "}
            {usePlaceWords()(citation)}
          </p>
          <button
            type="button"
            tabIndex={-1}
            onClick={onOpen}
            className="justify-self-start font-medium text-sea underline"
          >
            {t("openSource")}
          </button>
        </HoverCard.Content>
      </HoverCard.Portal>
    </HoverCard.Root>
  );
}

/** Why a sentence isn't sure, after it. */
export function DoubtReason({ words }: { words: string }) {
  return (
    <span
      className="ml-1.5 inline-flex items-baseline gap-1 rounded bg-amber-wash px-1.5 text-[0.8125rem] text-amber"
      data-doubt
    >
      <CircleHelp className="size-3 self-center" aria-hidden="true" />
      {words}
    </span>
  );
}
