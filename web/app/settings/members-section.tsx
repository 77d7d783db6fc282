import { useTranslation } from "react-i18next";
import type { Member } from "../api/shapes.ts";
import { useQuantities } from "../i18n/use-quantities.ts";
import { Fact, Section } from "./section.tsx";
import { useSettings } from "./settings-frame.tsx";

const ROLES = ["member", "admin", "owner"] as const;

/** Who belongs to the workspace, what their roles allow, and where that is changed. */
export function MembersSection({ members }: { members: Member[] }) {
  const { t } = useTranslation("settings");
  const { tenant } = useSettings();
  return (
    <>
      <Section title={t("members.count", { count: members.length })}>
        <p className="max-w-prose text-soft">{t(`members.${tenant.kind}`)}</p>
        <ul>
          {members.map((member) => (
            <MemberRow key={member.user_id} member={member} />
          ))}
        </ul>
      </Section>
      <Section title={t("members.rolesTitle")}>
        <dl>
          {ROLES.map((role) => (
            <Fact key={role} name={t(`roles.${role}`)}>
              {t(`members.rights.${role}`)}
            </Fact>
          ))}
        </dl>
      </Section>
    </>
  );
}

function MemberRow({
  member: { user_id: id, name, email, role, seated, created_at: since },
}: {
  member: Member;
}) {
  const { t } = useTranslation("settings");
  const { date } = useQuantities();
  const { me } = useSettings();
  return (
    <li
      className="flex flex-wrap items-center gap-x-4 gap-y-1 border-t border-line py-3 first:border-t-0"
      data-member
    >
      <div className="min-w-0 flex-1 basis-60">
        <p className="break-words">
          <span className="font-medium">{name || email || t("unnamed")}</span>
          {id === me.user_id && <span className="text-soft"> ({t("members.you")})</span>}
        </p>
        <p className="text-sm break-all text-soft">{name && email ? email : id}</p>
        {!seated && <p className="text-sm text-amber">{t("members.noSeat")}</p>}
      </div>
      <p className="text-sm text-soft">{t("members.since", { date: date(since) })}</p>
      <p className="w-28 font-medium">{t(`roles.${role}`)}</p>
    </li>
  );
}
