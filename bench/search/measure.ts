import type { LocalPostgres } from "../../dev/postgres/start.ts";
import { createPgVectorStore } from "../../worker/adapters/vector/pgvector.ts";
import type { TenantContext } from "../../worker/context.ts";
import { openDatabase, tenantDatabase } from "../../worker/db/client.ts";
import { type LexicalHit, selectLexical } from "../../worker/services/retrieval/candidates.ts";
import { beginRetrieval } from "../../worker/services/retrieval/retrieve.ts";
import { uuidArray } from "../../worker/services/retrieval/scored-by-text.ts";
import { createMixture } from "../vectors/synthetic.ts";
import { MODEL_NAME } from "./fill.ts";
import type { Plan, Tenant } from "./plan.ts";
import { createWords } from "./words.ts";

/** Neighbours whose recall is told. */
const TOP = 10;
/** What chat asks of each leg for an assistant's eight passages. */
const PASSAGES = 8;
const CANDIDATES = 40;
const PROPOSALS = 80;
const WORDS_PER_QUESTION = 4;
const ALL = 2 ** 31 - 2;

/** Milliseconds of each question, by what was asked. */
export type Times = Record<"dense" | "lexical" | "common" | "whole", number[]>;
export type MeasuredTenant = { chunks: number; times: Times; recall: number };

type Question = { text: string; common: string; vector: number[] };

/**
 * Puts the same questions to every tenant, as the Worker's role and through its own code: the vectors' leg, the
 * full-text leg, that leg with the library's commonest word, and the whole retrieval that a chat does. The tenants take turns.
 */
export async function measure(
  postgres: LocalPostgres,
  { asked }: Plan,
  dimensions: number,
  count: number,
): Promise<MeasuredTenant[]> {
  const questions = makeQuestions(dimensions, count + 1);
  const measured = asked.map((tenant) => ({
    tenant,
    recalls: [] as number[],
    times: { dense: [], lexical: [], common: [], whole: [] } as Times,
  }));
  for (const [at, question] of questions.entries()) {
    for (const { tenant, times, recalls } of measured) {
      const ways = waysOf(postgres, tenant, dimensions, question);
      for (const [name, way] of Object.entries(ways.timed)) {
        const startedAt = performance.now();
        await way();
        // The first question warms caches.
        if (at > 0) times[name as keyof Times].push(performance.now() - startedAt);
      }
      if (at > 0) recalls.push(await ways.recall());
    }
  }
  return measured.map(({ tenant, times, recalls }) => ({
    chunks: tenant.chunks,
    times,
    recall: recalls.reduce((sum, recall) => sum + recall, 0) / recalls.length,
  }));
}

function makeQuestions(dimensions: number, count: number): Question[] {
  const words = createWords(99);
  const mixture = createMixture({ dimensions, centres: 100, spread: 0.8, seed: 42 });
  return Array.from({ length: count }, () => {
    const drawn = Array.from({ length: WORDS_PER_QUESTION }, words.draw);
    return {
      text: drawn.join(" "),
      common: [words.at(0), ...drawn.slice(1)].join(" "),
      vector: mixture.draw(),
    };
  });
}

function waysOf(
  postgres: LocalPostgres,
  { tenantId, collectionId }: Tenant,
  dimensions: number,
  { text, common, vector }: Question,
) {
  const db = tenantDatabase(openDatabase(postgres.url("ancre_app"), postgres.fetchEndpoint), tenantId);
  const model = `${MODEL_NAME}@${dimensions}`;
  const vectors = createPgVectorStore(db, tenantId, model);
  const collectionIds = [collectionId];
  const findByText = (words: string) =>
    db.rows<LexicalHit>(selectLexical({ text: words, scope: uuidArray(collectionIds), limit: CANDIDATES }));
  // All that retrieval asks of a request's context.
  const ctx = { db, vectors } as unknown as TenantContext;
  return {
    timed: {
      dense: () => vectors.query({ vector, collectionIds, topK: PROPOSALS }),
      lexical: () => findByText(text),
      common: () => findByText(common),
      whole: async () => {
        const lexical = await findByText(text);
        return beginRetrieval(ctx, { text, lexical, collectionIds, topK: PASSAGES })(vector);
      },
    } satisfies Record<keyof Times, () => Promise<unknown>>,
    async recall() {
      const exact = createPgVectorStore(db, tenantId, model, ALL);
      const [found, nearest] = await Promise.all(
        [vectors, exact].map((store) => store.query({ vector, collectionIds, topK: TOP })),
      );
      const ids = new Set(found?.map(({ id }) => id));
      return (nearest ?? []).filter(({ id }) => ids.has(id)).length / (nearest?.length || 1);
    },
  };
}
