import { ArrowDown, ArrowUp, Plus, X } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "../../components/ui/button.tsx";
import { Field, FieldGroup, INPUT } from "../../components/ui/field.tsx";
import { ChangeMark } from "../change-mark.tsx";
import { type Suggestion, suggestionOf } from "../draft.ts";
import type { Editor } from "../use-editor.ts";
import { FormSection } from "./form-section.tsx";

/** Characters and questions the API takes. */
const MAX_GREETING = 1_000;
const MAX_QUESTION = 300;
const MAX_QUESTIONS = 8;

/** What stands over an empty conversation. */
export function OpeningFields({ editor }: { editor: Editor }) {
  const { t } = useTranslation("assistants");
  const { draft, set } = editor;
  return (
    <FormSection title={t("sections.opens")}>
      <Field
        label={t("greeting")}
        hint={t("greetingHint")}
        mark={<ChangeMark editor={editor} field="greeting" label={t("greeting")} />}
      >
        {(parts) => (
          <textarea
            {...parts}
            className={`${INPUT} field-sizing-content`}
            rows={1}
            value={draft.greeting}
            maxLength={MAX_GREETING}
            placeholder={t("greetingPlaceholder")}
            onChange={({ currentTarget }) => set({ greeting: currentTarget.value })}
          />
        )}
      </Field>
      <FieldGroup
        label={t("suggested")}
        hint={t("suggestedHint")}
        mark={<ChangeMark editor={editor} field="suggested_questions" label={t("suggested")} />}
      >
        <SuggestionList
          suggestions={draft.suggested_questions}
          onChange={(suggested_questions) => set({ suggested_questions })}
        />
      </FieldGroup>
    </FormSection>
  );
}

type ListProps = { suggestions: Suggestion[]; onChange: (suggestions: Suggestion[]) => void };

/** Questions in their order: each can be put differently, moved and taken out. */
function SuggestionList({ suggestions, onChange }: ListProps) {
  const { t } = useTranslation("assistants");
  const list = useRef<HTMLOListElement>(null);
  const [announcement, setAnnouncement] = useState("");

  const nextFocus = useRef<string | null>(null);
  // As soon as the change is drawn: whoever types on at once loses no letter.
  useEffect(() => {
    if (nextFocus.current === null) return;
    list.current?.querySelector<HTMLElement>(`[data-key="${nextFocus.current}"]`)?.focus();
    nextFocus.current = null;
  });

  function move(index: number, step: number): void {
    const [moved, to] = [suggestions[index], index + step];
    if (!moved || to < 0 || to >= suggestions.length) return;
    onChange(suggestions.toSpliced(index, 1).toSpliced(to, 0, moved));
    setAnnouncement(t("moved", { number: to + 1 }));
    nextFocus.current = moved.key;
  }

  function remove(index: number): void {
    const left = suggestions.toSpliced(index, 1);
    onChange(left);
    const next = left[Math.min(index, left.length - 1)];
    nextFocus.current = next?.key ?? "add";
  }

  function add(): void {
    const added = suggestionOf("");
    onChange([...suggestions, added]);
    nextFocus.current = added.key;
  }

  const moveByKeys = (event: KeyboardEvent, index: number) => {
    if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    move(index, event.key === "ArrowUp" ? -1 : 1);
  };

  return (
    <ol ref={list} className="grid grid-cols-1 gap-2">
      {suggestions.map(({ key, text }, index) => (
        <li key={key} className="flex items-center gap-1 max-sm:flex-wrap max-sm:justify-end">
          <input
            className={INPUT}
            data-key={key}
            aria-label={t("suggestedNumber", { number: index + 1 })}
            value={text}
            maxLength={MAX_QUESTION}
            onKeyDown={(event) => moveByKeys(event, index)}
            onChange={({ currentTarget }) =>
              onChange(suggestions.with(index, { key, text: currentTarget.value }))
            }
          />
          <IconButton
            label={t("moveUp", { number: index + 1 })}
            disabled={index === 0}
            onClick={() => move(index, -1)}
          >
            <ArrowUp aria-hidden="true" />
          </IconButton>
          <IconButton
            label={t("moveDown", { number: index + 1 })}
            disabled={index === suggestions.length - 1}
            onClick={() => move(index, 1)}
          >
            <ArrowDown aria-hidden="true" />
          </IconButton>
          <IconButton label={t("removeQuestion", { number: index + 1 })} onClick={() => remove(index)}>
            <X aria-hidden="true" />
          </IconButton>
        </li>
      ))}
      <li>
        <Button size="small" data-key="add" disabled={suggestions.length >= MAX_QUESTIONS} onClick={add}>
          <Plus aria-hidden="true" />
          {t("addQuestion")}
        </Button>
        <span className="sr-only" role="status">
          {announcement}
        </span>
      </li>
    </ol>
  );
}
