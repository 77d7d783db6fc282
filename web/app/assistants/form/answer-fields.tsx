import { cx } from "class-variance-authority";
import { useTranslation } from "react-i18next";
import { Disclosure } from "../../components/ui/disclosure.tsx";
import { Field, FieldGroup, INPUT } from "../../components/ui/field.tsx";
import { ChangeMark } from "../change-mark.tsx";
import type { AnswerLanguage, Policy } from "../draft.ts";
import type { Editor } from "../use-editor.ts";
import { FormSection } from "./form-section.tsx";
import { PromptField } from "./prompt-field.tsx";
import { RangeField } from "./range-field.tsx";

const POLICIES: Policy[] = ["strict", "open"];
const LANGUAGES: AnswerLanguage[] = ["auto", "fr", "en"];
/** Characters the API takes. */
const MAX_MODEL = 120;

/** How the assistant answers. */
export function AnswerFields({ editor }: { editor: Editor }) {
  const { t } = useTranslation("assistants");
  const { draft, set } = editor;
  return (
    <FormSection title={t("sections.answers")}>
      <PromptField editor={editor} />
      <PolicyField editor={editor} />
      <Field
        label={t("language")}
        hint={t("languageHint")}
        mark={<ChangeMark editor={editor} field="language" label={t("language")} />}
      >
        {(parts) => (
          <select
            {...parts}
            className={INPUT}
            value={draft.language}
            onChange={({ currentTarget }) => set({ language: currentTarget.value as AnswerLanguage })}
          >
            {LANGUAGES.map((language) => (
              <option key={language} value={language}>
                {t(`languageNames.${language}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Disclosure title={t("advanced")} className="rounded-xl border border-line px-4 open:pb-4">
        <div className="mt-2 grid grid-cols-1 gap-5">
          <Field
            label={t("model")}
            hint={t("modelHint")}
            mark={<ChangeMark editor={editor} field="model" label={t("model")} />}
          >
            {(parts) => (
              <input
                {...parts}
                className={INPUT}
                value={draft.model}
                maxLength={MAX_MODEL}
                placeholder={t("modelPlaceholder")}
                autoComplete="off"
                spellCheck={false}
                onChange={({ currentTarget }) => set({ model: currentTarget.value })}
              />
            )}
          </Field>
          <RangeField
            editor={editor}
            field="temperature"
            words={{ label: t("temperature"), hint: t("temperatureHint") }}
            range={{ min: 0, max: 2, step: 0.1 }}
          />
          <RangeField
            editor={editor}
            field="top_k"
            words={{ label: t("topK"), hint: t("topKHint") }}
            range={{ min: 1, max: 20, step: 1 }}
          />
        </div>
      </Disclosure>
    </FormSection>
  );
}

/** What to do where the documents say nothing, each way with an example. */
function PolicyField({ editor }: { editor: Editor }) {
  const { t } = useTranslation("assistants");
  const { draft, set } = editor;
  return (
    <FieldGroup label={t("policy")} mark={<ChangeMark editor={editor} field="policy" label={t("policy")} />}>
      <div className="grid grid-cols-1 gap-2">
        {POLICIES.map((policy) => (
          <label
            key={policy}
            className={cx(
              "flex cursor-pointer gap-3 rounded-xl border p-3.5 transition-colors hover:border-sea",
              draft.policy === policy ? "border-sea bg-sea-wash" : "border-line",
            )}
          >
            <input
              type="radio"
              name="policy"
              className="mt-1 size-4 shrink-0 accent-sea"
              checked={draft.policy === policy}
              onChange={() => set({ policy })}
            />
            <span className="grid gap-1">
              <span className="font-medium">{t(`policies.${policy}.name`)}</span>
              <span className="text-sm text-soft">{t(`policies.${policy}.hint`)}</span>
              <span className="font-serif text-sm text-soft">{t(`policies.${policy}.example`)}</span>
            </span>
          </label>
        ))}
      </div>
    </FieldGroup>
  );
}
