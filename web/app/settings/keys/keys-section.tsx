import { useSearchParams } from "@remix-run/react";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { NewApiKey } from "../../api/shapes.ts";
import { Button } from "../../components/ui/button.tsx";
import type { KeysData } from "../load-settings.ts";
import { Section } from "../section.tsx";
import { KeyForm } from "./key-form.tsx";
import { KeyList } from "./key-list.tsx";
import { NewKey } from "./new-key.tsx";
import { useKeys } from "./use-keys.ts";

/** The workspace's API keys: to make one, to see how it is used, to end it. */
export function KeysSection({ data }: { data: KeysData | null }) {
  const { t } = useTranslation("settings");
  return (
    <Section title={t("sections.keys")}>
      {data ? <Keys data={data} /> : <p className="font-medium">{t("keys.managersOnly")}</p>}
    </Section>
  );
}

function Keys({ data: { keys: page, assistants } }: { data: KeysData }) {
  const { t } = useTranslation("settings");
  const [search, setSearch] = useSearchParams();
  // From an assistant's page one comes for a key of its own.
  const wanted = assistants.find(({ id }) => id === search.get("assistant")) ?? null;
  const [isMaking, setMaking] = useState(wanted !== null);
  const [made, setMade] = useState<NewApiKey | null>(null);
  const list = useKeys(page);
  const close = () => {
    setMaking(false);
    if (search.has("assistant")) setSearch({}, { replace: true });
  };
  return (
    <>
      <p className="max-w-prose text-soft">{t("keys.intro")}</p>
      {made && <NewKey made={made} assistants={assistants} onDone={() => setMade(null)} />}
      {isMaking ? (
        <KeyForm
          assistants={assistants}
          wanted={wanted}
          onClose={close}
          onMade={(key) => {
            list.add(key);
            setMade(key);
            close();
          }}
        />
      ) : (
        <Button look="primary" className="justify-self-start" onClick={() => setMaking(true)}>
          <Plus aria-hidden="true" />
          {t("keys.new")}
        </Button>
      )}
      {list.keys.length === 0 && !isMaking ? (
        <div className="grid gap-1">
          <p className="font-medium">{t("keys.none")}</p>
          <p className="max-w-prose text-soft">{t("keys.noneHint")}</p>
        </div>
      ) : (
        <KeyList list={list} assistants={assistants} />
      )}
    </>
  );
}
