import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { curlLine } from "../../api/curl-line.ts";
import type { Assistant, NewApiKey } from "../../api/shapes.ts";
import { CodeLine } from "../../components/code-line.tsx";
import { Button } from "../../components/ui/button.tsx";
import { Field, INPUT } from "../../components/ui/field.tsx";

type Props = { made: NewApiKey; assistants: Assistant[]; onDone: () => void };

/** A key just made, whole, this once, and a line that uses it as it stands. */
export function NewKey({ made, assistants, onDone }: Props) {
  const { t } = useTranslation("settings");
  const title = useRef<HTMLHeadingElement>(null);
  const { id, name, key, scopes, assistant_ids: ids } = made;
  const askable = scopes.includes("chat") ? assistants.filter((one) => ids?.includes(one.id) ?? true) : [];
  const [chosen, setChosen] = useState<string | null>(null);
  const assistant = askable.find((one) => one.id === chosen) ?? askable[0] ?? null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each key that is made is announced by its heading
  useEffect(() => title.current?.focus(), [id]);
  const question = assistant?.suggested_questions[0] ?? t("keys.question");
  const call = assistant
    ? { path: `/chat/${assistant.id}`, body: { message: question } }
    : { path: "/search", body: { query: question } };
  return (
    <section
      aria-labelledby="new-key"
      className="grid grid-cols-1 gap-4 rounded-2xl bg-sea-wash p-5"
      data-new-key
    >
      <div className="grid gap-1">
        <h3 id="new-key" ref={title} tabIndex={-1} className="text-lg font-semibold break-words outline-none">
          {t("keys.createdTitle", { name })}
        </h3>
        <p className="text-soft">{t("keys.createdHint")}</p>
      </div>
      <CodeLine label={t("keys.key")} act={t("keys.copyKey")} text={key} />
      {(assistant || !scopes.includes("chat")) && (
        <div className="grid grid-cols-1 gap-2">
          <h4 className="font-medium">{t("keys.tryIt")}</h4>
          {askable.length > 1 && assistant && (
            <Field label={t("keys.withAssistant")}>
              {(parts) => (
                <select
                  {...parts}
                  className={`${INPUT} sm:max-w-80`}
                  value={assistant.id}
                  onChange={({ currentTarget }) => setChosen(currentTarget.value)}
                >
                  {askable.map((one) => (
                    <option key={one.id} value={one.id}>
                      {one.name}
                    </option>
                  ))}
                </select>
              )}
            </Field>
          )}
          <CodeLine
            label={t("keys.tryIt")}
            act={t("keys.copyCurl")}
            text={curlLine({ origin: window.location.origin, key, ...call })}
          />
        </div>
      )}
      <Button className="justify-self-start" onClick={onDone}>
        {t("keys.done")}
      </Button>
    </section>
  );
}
