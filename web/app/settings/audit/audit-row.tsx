import { useTranslation } from "react-i18next";
import type { Assistant, AuditRecord, KeyScope } from "../../api/shapes.ts";
import { Moment } from "../moment.tsx";
import { useSettings } from "../settings-frame.tsx";
import { isAuditAction } from "./actions.ts";

/** What of an assistant can be changed. */
const ASSISTANT_FIELDS = [
  "name",
  "description",
  "collection_ids",
  "system_prompt",
  "model",
  "temperature",
  "top_k",
  "policy",
  "language",
  "greeting",
  "suggested_questions",
] as const satisfies (keyof Assistant)[];

const SCOPES: KeyScope[] = ["chat", "read", "write"];

type Props = { record: AuditRecord; names: Map<string, string> };

/** One entry in words: what was done to what, by whom, when. */
export function AuditRow({ record, names }: Props) {
  const { t } = useTranslation("settings");
  const { action, at } = record;
  const detail = useDetail(record, names);
  return (
    <tr className="border-t border-line align-top max-sm:block max-sm:py-2.5">
      <td className="max-sm:block sm:py-2.5 sm:pe-4">
        <span className="font-medium">{isAuditAction(action) ? t(`audit.actions.${action}`) : action}</span>
        {detail && <span className="block text-sm break-words text-soft">{detail}</span>}
      </td>
      <td className="break-words max-sm:inline max-sm:text-sm max-sm:text-soft sm:py-2.5 sm:pe-4">
        {useActorName(record, names)}
      </td>
      <td className="text-soft max-sm:inline max-sm:text-sm max-sm:before:content-['_·_'] sm:py-2.5 sm:whitespace-nowrap">
        <Moment at={at} />
      </td>
    </tr>
  );
}

function useActorName({ actor_kind: kind, actor_id: id }: AuditRecord, names: Map<string, string>): string {
  const { t } = useTranslation("settings");
  const { me } = useSettings();
  if (kind === "user") return id === me.user_id ? t("audit.you") : (names.get(id) ?? id);
  if (kind === "key") {
    const name = names.get(id);
    return name ? t("audit.key", { name }) : t("audit.unknownKey");
  }
  return id === "ingest" || id === "clerk" || id === "stripe" ? t(`audit.systems.${id}`) : id;
}

/** What tells one entry from another of its kind: a name, a role, what was changed; else the id. */
function useDetail({ action, target_id: target, detail }: AuditRecord, names: Map<string, string>): string {
  const { t } = useTranslation("settings");
  const parts: string[] = [];
  const name = typeof detail.name === "string" ? detail.name : target && names.get(target);
  if (name) parts.push(name);
  else if (target && !action.startsWith("tenant.")) parts.push(target);
  const { role, scopes, plan, fields } = detail;
  if (role === "owner" || role === "admin" || role === "member") parts.push(t(`roles.${role}`));
  if (Array.isArray(scopes)) {
    const known = SCOPES.filter((scope) => scopes.includes(scope));
    parts.push(known.map((scope) => t(`keys.scopeNames.${scope}`)).join(", "));
  }
  if (plan === "free" || plan === "pro") parts.push(t(`planNames.${plan}`, { ns: "usage" }));
  if (Array.isArray(fields)) {
    const known = ASSISTANT_FIELDS.filter((field) => fields.includes(field));
    parts.push(known.map((field) => t(`audit.fields.${field}`)).join(", "));
  }
  return parts.filter(Boolean).join(" · ");
}
