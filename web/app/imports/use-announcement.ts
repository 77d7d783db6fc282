import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Batch } from "./batch.ts";
import { tallyBatch } from "./tally.ts";
import { useTallyWords } from "./use-tally-words.ts";

/** Says once what came of a batch that has just come to its end, or to a stop. */
export function useAnnouncement(batches: Batch[]): string {
  const { t } = useTranslation("imports");
  const words = useTallyWords();
  const open = useRef(new Set<string>());
  const [said, setSaid] = useState("");
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language alone
  useEffect(() => {
    for (const batch of batches) {
      const tally = tallyBatch(batch);
      if (!tally.isOver) open.current.add(batch.id);
      else if (open.current.delete(batch.id)) {
        const summary = words(batch, tally);
        setSaid(batch.isStopped ? `${t("stopped")}: ${summary}` : t("over", { summary }));
      }
    }
  }, [batches]);
  return said;
}
