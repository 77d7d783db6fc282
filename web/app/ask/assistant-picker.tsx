import { useNavigate } from "@remix-run/react";
import { ChevronDown } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Assistant } from "../api/shapes.ts";
import { Menu, MenuChoice } from "../components/ui/menu.tsx";

/** Whom one asks; another assistant has its own conversations. */
export function AssistantPicker({
  assistants,
  chosen,
}: {
  assistants: Assistant[];
  chosen: Assistant | null;
}) {
  const { t } = useTranslation("ask");
  const navigate = useNavigate();
  if (!chosen) return null;
  const inside = (
    <>
      <span
        aria-hidden="true"
        className="grid size-8 shrink-0 place-items-center rounded-full bg-sea font-semibold text-on-sea"
      >
        {[...chosen.name][0]?.toLocaleUpperCase()}
      </span>
      <span className="min-w-0 flex-1 truncate text-start font-semibold">
        <span className="sr-only">{t("assistant")}: </span>
        {chosen.name}
      </span>
    </>
  );
  const face = "flex min-h-11 w-full items-center gap-2.5 rounded-lg p-1.5";
  if (assistants.length < 2) return <p className={face}>{inside}</p>;
  return (
    <Menu
      trigger={
        <button type="button" className={`${face} hover:bg-sea-wash`}>
          {inside}
          <ChevronDown className="size-4 shrink-0 text-soft" aria-hidden="true" />
        </button>
      }
    >
      <MenuChoice
        label={t("assistant")}
        value={chosen.id}
        options={assistants.map(({ id, name }) => ({ value: id, name }))}
        onChoose={(id) => navigate(`/ask/${id}`)}
      />
    </Menu>
  );
}
