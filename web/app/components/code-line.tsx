import { Copy, CopyCheck } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "./ui/button.tsx";
import { useCopy } from "./use-copy.ts";

type Props = {
  /** What it is, for screen readers. */
  label: string;
  /** What the button that copies it says. */
  act: string;
  text: string;
};

/** Text for a terminal or a program, and the button that copies it. */
export function CodeLine({ label, act, text }: Props) {
  const { t } = useTranslation("ask");
  const { copy, isCopied, hasFailed } = useCopy();
  return (
    <div className="grid grid-cols-1 gap-2">
      <section
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
        className="overflow-x-auto rounded-lg border border-line bg-sunken p-3"
      >
        <pre className="w-max font-mono text-[0.8125rem] leading-relaxed" data-code>
          {text}
        </pre>
      </section>
      <div className="flex flex-wrap items-center gap-2">
        <Button size="small" onClick={() => void copy(text)}>
          {isCopied ? <CopyCheck aria-hidden="true" /> : <Copy aria-hidden="true" />}
          {act}
        </Button>
        <span role="status" className="text-sm text-soft">
          {isCopied && t("copied")}
          {hasFailed && t("copyFailed")}
        </span>
      </div>
    </div>
  );
}
