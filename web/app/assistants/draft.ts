import type { Assistant } from "../api/shapes.ts";

export type Policy = Assistant["policy"];
export type AnswerLanguage = Assistant["language"];

/** A suggested question on the form; its key stays with it wherever it is moved. */
export type Suggestion = { key: string; text: string };

/** An assistant as the form holds it. `model` is empty for the installation's own. */
export type Draft = Omit<Saved, "model" | "suggested_questions"> & {
  model: string;
  suggested_questions: Suggestion[];
};

/** What the API keeps of an assistant. */
export type Saved = Omit<Assistant, "id" | "created_at" | "updated_at">;

export type FieldName = keyof Saved;

/** A new assistant before anything is chosen; what the API itself would take. */
const BLANK: Saved = {
  name: "",
  description: "",
  system_prompt: "",
  model: null,
  temperature: 0.2,
  top_k: 8,
  policy: "strict",
  language: "auto",
  greeting: "",
  suggested_questions: [],
  collection_ids: [],
};

/** What the API keeps of an assistant, or of one to be made over these collections. */
export function savedOf(assistant: Assistant | null, collectionIds: string[]): Saved {
  if (!assistant) return { ...BLANK, collection_ids: collectionIds };
  const { id: _id, created_at: _made, updated_at: _changed, ...saved } = assistant;
  return saved;
}

export function draftOf(saved: Saved): Draft {
  const { model, suggested_questions: questions, ...rest } = saved;
  return { ...rest, model: model ?? "", suggested_questions: questions.map(suggestionOf) };
}

export function suggestionOf(text: string): Suggestion {
  return { key: crypto.randomUUID(), text };
}

/** A draft as it would be saved: names trimmed, empty questions left out. */
export function inputOf(draft: Draft): Saved {
  const { name, model, suggested_questions: questions, ...rest } = draft;
  return {
    ...rest,
    name: name.trim(),
    model: model.trim() || null,
    suggested_questions: questions.map(({ text }) => text.trim()).filter((text) => text !== ""),
  };
}

/** The part of an assistant that differs from what is saved; empty where nothing does. */
export function changesOf(draft: Draft, saved: Saved): Partial<Saved> {
  const input = inputOf(draft);
  const changed = Object.keys(BLANK).filter(
    (field) => comparable(input, field as FieldName) !== comparable(saved, field as FieldName),
  );
  return Object.fromEntries(changed.map((field) => [field, input[field as FieldName]]));
}

/** One field put back to what is saved. */
export function undo(draft: Draft, saved: Saved, field: FieldName): Draft {
  return { ...draft, [field]: draftOf(saved)[field] };
}

/** The order of collections says nothing, that of questions does. */
function comparable(saved: Saved, field: FieldName): string {
  return JSON.stringify(field === "collection_ids" ? saved.collection_ids.toSorted() : saved[field]);
}
