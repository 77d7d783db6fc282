import { Link } from "@remix-run/react";
import { Plus } from "lucide-react";
import { useTranslation } from "react-i18next";
import { AnchorMark } from "../components/anchor-mark.tsx";
import { buttonStyle } from "../components/ui/button.tsx";
import { PageHeader } from "../frame/page-header.tsx";
import { AssistantCard } from "./assistant-card.tsx";
import type { AssistantsData } from "./load-assistants.ts";

/** The workspace's assistants, as cards. */
export function AssistantsScreen({ data }: { data: AssistantsData }) {
  const { t } = useTranslation("assistants");
  const { assistants, collections, weekly, canManage } = data;
  const make = canManage && (
    <Link to="/assistants/new" className={buttonStyle({ look: "primary" })}>
      <Plus aria-hidden="true" />
      {t("new")}
    </Link>
  );
  return (
    <main id="content" tabIndex={-1} className="flex min-h-0 min-w-0 flex-1 flex-col">
      <PageHeader title={t("title")}>{assistants.length > 0 && make}</PageHeader>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto grid max-w-5xl grid-cols-1 gap-5 p-4 sm:p-6">
          {assistants.length === 0 ? (
            <div className="grid justify-items-start gap-4 pt-[8vh]">
              <AnchorMark className="size-10" />
              <h2 className="text-2xl font-semibold">{t("emptyTitle")}</h2>
              <p className="max-w-prose text-soft">{canManage ? t("emptyHint") : t("managersOnly")}</p>
              {make}
            </div>
          ) : (
            <>
              <p className="max-w-prose text-soft">{canManage ? t("intro") : t("managersOnly")}</p>
              <div
                className="grid grid-cols-[repeat(auto-fill,minmax(min(18rem,100%),1fr))] gap-4"
                data-assistants
              >
                {assistants.map((assistant) => (
                  <AssistantCard
                    key={assistant.id}
                    assistant={assistant}
                    collections={collections}
                    questions={weekly && (weekly.get(assistant.id) ?? 0)}
                  />
                ))}
              </div>
            </>
          )}
        </div>
      </div>
    </main>
  );
}
