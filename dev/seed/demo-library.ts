import { join } from "node:path";
import { createApiClient } from "../client/api.ts";

/** Where the dashboard serves them from, for whoever wants to try with a sample. */
const SAMPLES = join(import.meta.dirname, "../../web/public/samples");
const HANDBOOKS = ["handbook-fr.md", "handbook-en.md"];

const ASSISTANT = {
  name: "Léa",
  description: "Répond d’après le livret d’accueil. Answers from the handbook.",
  greeting: "Bonjour ! Posez-moi une question sur la vie dans l’entreprise. Ask me in English too.",
  suggested_questions: [
    "Combien de jours de télétravail par semaine ?",
    "Quel est le préavis pour poser des congés ?",
    "How are travel expenses reimbursed?",
  ],
};

/** Gives a demo tenant that has no collection yet our own bilingual handbook and an assistant over it. */
export async function seedDemoLibrary(apiUrl: string): Promise<void> {
  const api = createApiClient({ url: apiUrl });
  const existing = await api.json<{ data: unknown[] }>("GET", "/collections?limit=1");
  if (existing.data.length > 0) return;
  const collection = await api.json<{ id: string }>("POST", "/collections", {
    name: "Livret d’accueil · Handbook",
  });
  for (const handbook of HANDBOOKS) await api.upload(collection.id, join(SAMPLES, handbook));
  await api.json("POST", "/assistants", { ...ASSISTANT, collection_ids: [collection.id] });
}
