import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type ApiProblem, asProblem } from "../api/problem.ts";
import { ProblemNote } from "../components/problem-note.tsx";
import { Button } from "../components/ui/button.tsx";
import { Choice } from "../components/ui/choice.tsx";
import { Dialog } from "../components/ui/dialog.tsx";
import { importFromWeb } from "./run-imports.ts";

/** As the API takes them. */
const MAX_ADDRESSES = 1_000;
const MAX_PAGES = 1_000;
const DEFAULT_PAGES = 100;

const FIELD = "rounded-lg border border-control bg-surface px-3 outline-none focus:border-sea";

type Props = { ensureCollection: () => Promise<string>; onClose: () => void };

/** Asks which pages of the web to import: some addresses, or all that a sitemap names. */
export function WebDialog({ ensureCollection, onClose }: Props) {
  const { t } = useTranslation("imports");
  const [kind, setKind] = useState<"addresses" | "site">("addresses");
  const [list, setList] = useState("");
  const [sitemap, setSitemap] = useState("");
  const [maxPages, setMaxPages] = useState(DEFAULT_PAGES);
  const [hasOthers, setOthers] = useState(false);
  const [isSending, setSending] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const urls = list.split(/\s+/).filter((address) => address !== "");
  const isTooMany = urls.length > MAX_ADDRESSES;
  const canSend = kind === "site" ? sitemap.trim() !== "" : urls.length > 0 && !isTooMany;

  const addressesAct = urls.length === 0 ? t("importNothing") : t("importAddresses", { count: urls.length });
  const act = kind === "site" ? t("importSite") : addressesAct;

  async function send(): Promise<void> {
    const wanted =
      kind === "site"
        ? { sitemap: withScheme(sitemap.trim()), max_pages: maxPages, other_origins: hasOthers }
        : { urls: urls.map(withScheme) };
    await importFromWeb(await ensureCollection(), wanted);
  }

  return (
    <Dialog open onOpenChange={onClose} title={t("webTitle")} description={t("webHint")}>
      <form
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (!canSend || isSending) return;
          setSending(true);
          setProblem(null);
          send().then(onClose, (error: unknown) => {
            setSending(false);
            setProblem(asProblem(error));
          });
        }}
      >
        <Choice
          legend={t("webKind")}
          value={kind}
          options={[
            { value: "addresses", name: t("asAddresses") },
            { value: "site", name: t("asSite") },
          ]}
          onChoose={setKind}
        />
        {kind === "addresses" ? (
          <label className="grid gap-1.5 text-sm">
            {t("addressesField")}
            <textarea
              rows={6}
              value={list}
              placeholder={t("addressesExample")}
              onChange={({ currentTarget }) => setList(currentTarget.value)}
              className={`${FIELD} py-2 font-mono`}
            />
            {isTooMany && <span className="text-red">{t("tooMany", { limit: MAX_ADDRESSES })}</span>}
          </label>
        ) : (
          <>
            <label className="grid gap-1.5 text-sm">
              {t("siteField")}
              <input
                inputMode="url"
                value={sitemap}
                placeholder={t("siteExample")}
                onChange={({ currentTarget }) => setSitemap(currentTarget.value)}
                className={`${FIELD} min-h-11 font-mono`}
              />
            </label>
            <label className="flex items-center justify-between gap-3 text-sm">
              {t("maxPages")}
              <input
                type="number"
                min={1}
                max={MAX_PAGES}
                value={maxPages}
                onChange={({ currentTarget }) => setMaxPages(currentTarget.valueAsNumber || DEFAULT_PAGES)}
                className={`${FIELD} min-h-11 w-28`}
              />
            </label>
            <label className="flex min-h-11 items-center gap-3 text-sm">
              <input
                type="checkbox"
                checked={hasOthers}
                onChange={({ currentTarget }) => setOthers(currentTarget.checked)}
                className="size-4 accent-sea"
              />
              {t("otherOrigins")}
            </label>
          </>
        )}
        {problem && <ProblemNote problem={problem} />}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{t("cancel", { ns: "everywhere" })}</Button>
          <Button type="submit" look="primary" disabled={!canSend || isSending}>
            {act}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** An address as people write it: without its scheme it is meant to be secure. */
function withScheme(address: string): string {
  return /^[a-z][a-z\d+.-]*:/i.test(address) ? address : `https://${address}`;
}
