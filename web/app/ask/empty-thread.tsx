import type { Assistant, LibraryDocument } from "../api/shapes.ts";
import { useMessages } from "../i18n/messages.ts";

type Props = {
  assistant: Assistant | null;
  ready: LibraryDocument[];
  onAsk: ((question: string) => void) | null;
};

/** Before the first question: what can be asked, and of what. */
export function EmptyThread({ assistant, ready, onAsk }: Props) {
  const t = useMessages();
  const questions = assistant?.suggested_questions ?? [];
  return (
    <div className="greeting">
      <h1>{assistant?.greeting || t.emptyThread}</h1>
      <p>{t.emptyThreadHint}</p>
      {ready.length > 0 && <p className="soft">{t.hasRead(t.documentsCount(ready.length))}</p>}
      {onAsk && questions.length > 0 && (
        <ul className="suggestions">
          {questions.map((question) => (
            <li key={question}>
              <button type="button" onClick={() => onAsk(question)}>
                {question}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
