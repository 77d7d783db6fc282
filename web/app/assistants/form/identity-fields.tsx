import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { Collection } from "../../api/shapes.ts";
import { Field, FieldGroup, INPUT } from "../../components/ui/field.tsx";
import { Tick } from "../../components/ui/tick.tsx";
import { ChangeMark } from "../change-mark.tsx";
import type { Editor } from "../use-editor.ts";
import { FormSection } from "./form-section.tsx";

/** Characters the API takes. */
const MAX_NAME = 120;
const MAX_DESCRIPTION = 2_000;

/** Who the assistant is to its colleagues. */
export function IdentityFields({ editor }: { editor: Editor }) {
  const { t } = useTranslation("assistants");
  const { draft, set } = editor;
  return (
    <FormSection title={t("sections.who")}>
      <Field
        label={t("name")}
        hint={t("nameHint")}
        mark={<ChangeMark editor={editor} field="name" label={t("name")} />}
      >
        {(parts) => (
          <input
            {...parts}
            className={INPUT}
            value={draft.name}
            maxLength={MAX_NAME}
            required
            onChange={({ currentTarget }) => set({ name: currentTarget.value })}
          />
        )}
      </Field>
      <Field
        label={t("description")}
        hint={t("descriptionHint")}
        mark={<ChangeMark editor={editor} field="description" label={t("description")} />}
      >
        {(parts) => (
          <textarea
            {...parts}
            className={`${INPUT} field-sizing-content min-h-16`}
            value={draft.description}
            maxLength={MAX_DESCRIPTION}
            onChange={({ currentTarget }) => set({ description: currentTarget.value })}
          />
        )}
      </Field>
    </FormSection>
  );
}

type ReadingProps = { editor: Editor; collections: Collection[] };

/** What the assistant answers from. */
export function ReadingFields({ editor, collections }: ReadingProps) {
  const { t } = useTranslation("assistants");
  const { draft, set } = editor;
  const chosen = new Set(draft.collection_ids);
  const choose = (id: string, isChosen: boolean) =>
    set({ collection_ids: isChosen ? [...chosen, id] : [...chosen].filter((other) => other !== id) });
  return (
    <FormSection title={t("sections.reads")}>
      <FieldGroup
        label={t("collectionsField")}
        hint={t("collectionsHint")}
        mark={<ChangeMark editor={editor} field="collection_ids" label={t("collectionsField")} />}
      >
        {collections.length === 0 && (
          <p>
            {t("collectionsEmpty")}{" "}
            <Link to="/library" className="text-sea underline">
              {t("toLibrary")}
            </Link>
          </p>
        )}
        <div className="grid max-h-72 gap-0.5 overflow-y-auto">
          {collections.map(({ id, name, documents_count: count }) => (
            <Tick
              key={id}
              label={name}
              hint={t("documents", { ns: "everywhere", count })}
              isTicked={chosen.has(id)}
              onTick={(isTicked) => choose(id, isTicked)}
            />
          ))}
        </div>
      </FieldGroup>
    </FormSection>
  );
}
