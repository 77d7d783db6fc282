import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ApiKey, Assistant } from "../../api/shapes.ts";
import { relativeTime } from "../../ask/relative-time.ts";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { ProblemNote } from "../../components/problem-note.tsx";
import { Button } from "../../components/ui/button.tsx";
import { Disclosure } from "../../components/ui/disclosure.tsx";
import { useLocale } from "../../i18n/use-locale.ts";
import { useQuantities } from "../../i18n/use-quantities.ts";
import { endOf, type KeyListControl } from "./use-keys.ts";

type Props = { list: KeyListControl; assistants: Assistant[] };

/** The keys that hold, and folded below them those that do no more. */
export function KeyList({ list, assistants }: Props) {
  const { t } = useTranslation("settings");
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  const now = new Date();
  const ended = list.keys.filter((key) => endOf(key, now));
  const holding = list.keys.filter((key) => !ended.includes(key));
  return (
    <div className="grid grid-cols-1 gap-4">
      <ul aria-label={t("keys.list")} data-keys>
        {holding.map((key) => (
          <KeyRow key={key.id} apiKey={key} assistants={assistants} onRevoke={() => setRevoking(key)} />
        ))}
      </ul>
      {ended.length > 0 && (
        <Disclosure title={t("keys.ended", { count: ended.length })}>
          <ul>
            {ended.map((key) => (
              <KeyRow key={key.id} apiKey={key} assistants={assistants} onRevoke={null} />
            ))}
          </ul>
        </Disclosure>
      )}
      {list.problem && <ProblemNote problem={list.problem} onRetry={list.showMore} />}
      {list.hasMore && !list.problem && (
        <Button className="justify-self-start" onClick={list.showMore}>
          {t("showMore", { ns: "everywhere" })}
        </Button>
      )}
      {revoking && (
        <ConfirmDialog
          title={t("keys.revokeTitle", { name: revoking.name })}
          effect={t("keys.revokeEffect")}
          act={t("keys.revokeConfirm")}
          onClose={() => setRevoking(null)}
          onConfirm={() => list.revoke(revoking.id)}
        />
      )}
    </div>
  );
}

type RowProps = { apiKey: ApiKey; assistants: Assistant[]; onRevoke: (() => void) | null };

function KeyRow({ apiKey, assistants, onRevoke }: RowProps) {
  const { t } = useTranslation("settings");
  const locale = useLocale();
  const { date } = useQuantities();
  const now = new Date();
  const ago = (moment: string) => relativeTime(moment, now, locale);
  const { name, prefix, scopes, assistant_ids: ids } = apiKey;
  const end = endOf(apiKey, now);
  const asked = ids
    ? ids.map((id) => assistants.find((one) => one.id === id)?.name ?? t("keys.deletedAssistant")).join(", ")
    : scopes.includes("chat") && t("keys.allAsked");
  const facts = [
    scopes.map((scope) => t(`keys.scopeNames.${scope}`)).join(", "),
    asked,
    apiKey.last_used_at ? t("keys.used", { when: ago(apiKey.last_used_at) }) : t("keys.unused"),
    t("keys.created", { when: ago(apiKey.created_at) }),
    !end && apiKey.expires_at && t("keys.until", { when: date(apiKey.expires_at) }),
    end && t(`keys.${end.how}`, { when: ago(end.at) }),
  ];
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line py-3 first:border-t-0">
      <div className="grid min-w-0 flex-1 basis-64 gap-0.5">
        <p className="flex flex-wrap items-baseline gap-x-3">
          <span className="font-medium break-words">{name}</span>
          <code className="font-mono text-[0.8125rem] text-soft">{prefix}…</code>
        </p>
        <p className="text-sm text-soft">{facts.filter(Boolean).join(" · ")}</p>
      </div>
      {onRevoke && (
        <Button size="small" onClick={onRevoke}>
          {t("keys.revoke")}
          <span className="sr-only"> {name}</span>
        </Button>
      )}
    </li>
  );
}
