import { RotateCcw } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Composer } from "../../ask/composer.tsx";
import { isAnswering } from "../../ask/turn.ts";
import { TurnView } from "../../ask/turn-view.tsx";
import { useStickyEnd } from "../../ask/use-sticky-end.ts";
import { Button } from "../../components/ui/button.tsx";
import { useSource } from "../../source/use-source.ts";
import { Avatar } from "../avatar.tsx";
import type { Draft } from "../draft.ts";
import { usePreview } from "./use-preview.ts";

type Props = { draft: Draft; draftKey: string };

/** A conversation with the assistant as its form stands, saved or not. */
export function Preview({ draft, draftKey }: Props) {
  const { t } = useTranslation("assistants");
  const preview = usePreview(draft);
  const source = useSource();
  const { turns } = preview;
  const scroller = useStickyEnd<HTMLElement>(turns);
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex min-h-14 items-center gap-3 border-b border-line px-4 sm:px-6">
        <h2 className="flex-1 font-semibold">{t("preview")}</h2>
        {turns.length > 0 && (
          <Button look="quiet" size="small" onClick={preview.startOver}>
            <RotateCcw aria-hidden="true" />
            {t("startOver")}
          </Button>
        )}
      </div>
      <section
        ref={scroller}
        aria-label={t("preview")}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
        className="min-h-0 flex-1 overflow-y-auto overscroll-contain outline-offset-[-2px]"
        data-preview
      >
        <div className="mx-auto grid w-full max-w-3xl grid-cols-1 gap-8 px-4 py-6 sm:px-6">
          {turns.length === 0 && <Opening draft={draft} onAsk={preview.ask} />}
          {turns.map((turn, index) => (
            <article key={turn.id} className="grid grid-cols-1 gap-3" data-turn={turn.status}>
              <h3 className="text-lg font-semibold break-words whitespace-pre-wrap" dir="auto">
                {turn.question}
              </h3>
              <TurnView
                turn={turn}
                collections={draft.collection_ids.length}
                source={source}
                onRegenerate={index === turns.length - 1 && !isAnswering(turn) ? preview.askAgain : null}
                onRate={null}
              />
            </article>
          ))}
        </div>
      </section>
      <Composer
        draftKey={draftKey}
        isAnswering={preview.isAnswering}
        isFollowUp={turns.length > 0}
        blocked={null}
        unsent={preview.unsent}
        onTakeBack={preview.dropUnsent}
        onAsk={preview.ask}
        onStop={preview.stop}
      />
    </div>
  );
}

/** What an empty conversation with it looks like, and what trying it means. */
function Opening({ draft, onAsk }: { draft: Draft; onAsk: (question: string) => void }) {
  const { t } = useTranslation("assistants");
  const questions = draft.suggested_questions.filter(({ text }) => text.trim() !== "");
  return (
    <div className="grid gap-5">
      <div className="flex items-start gap-3">
        <Avatar name={draft.name} />
        <p className="min-w-0 self-center text-xl font-semibold break-words">
          {draft.greeting.trim() || t("greetingPlaceholder")}
        </p>
      </div>
      {questions.length > 0 && (
        <ul className="grid gap-2" aria-label={t("suggested")}>
          {questions.map(({ key, text }) => (
            <li key={key} className="grid">
              <button
                type="button"
                onClick={() => onAsk(text.trim())}
                className="rounded-xl border border-line p-3 text-start transition-colors hover:border-sea hover:bg-sea-wash"
              >
                {text}
              </button>
            </li>
          ))}
        </ul>
      )}
      <p className="text-sm text-soft">
        {draft.collection_ids.length === 0 && draft.policy === "strict" && <>{t("noneToRead")} </>}
        {t("previewHint")} {t("previewKept")}
      </p>
    </div>
  );
}
