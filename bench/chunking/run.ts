import { parseArgs } from "node:util";
import { say, warn } from "../../dev/terminal.ts";
import { every, LARGE, readQuestions } from "../eval/questions.ts";
import { indexChunks } from "./chunk-index.ts";
import { readCorpora } from "./corpora.ts";
import { OTHER_FUSIONS, SHIPPED_FUSION } from "./fusions.ts";
import { measure } from "./measure.ts";
import { OTHERS, SHIPPED } from "./strategies.ts";
import { formatBlock, type Row } from "./table.ts";
import { openTenant } from "./tenant.ts";

const USAGE = `Usage: npm run eval:chunking -- DATA [--sample N]
  DATA      a folder with questions.jsonl and the files it names
  --sample  ask every Nth question of the large sets (default 8)`;

/** What is asked: PIAF, XQuAD, Chroma's chunking questions, questions on pages, and those across languages. */
const ASKED = /^(piaf|xquad|chroma-chunking|pages-.*|gdpr-cross-.*)$/;

/**
 * `npm run eval:chunking -- DATA`: cuts the corpora in different ways, and fuses what is found in the shipped chunks in
 * different ways, over the product's own parsers, full text and fusion. Prints one table.
 */
async function main(data: string, sample: number): Promise<void> {
  const asked = (await readQuestions(data)).filter(
    ({ answerable, dataset }) => answerable && ASKED.test(dataset),
  );
  const questions = every(asked, ({ dataset }) => (LARGE.has(dataset) ? sample : 1));
  const corpora = await readCorpora(data, questions);
  say(
    `${corpora.reduce((sum, { sources }) => sum + sources.length, 0)} documents, ${questions.length} questions`,
  );
  const tenant = await openTenant(corpora);
  try {
    const index = await indexChunks(tenant, corpora, SHIPPED);
    const fusions = [SHIPPED_FUSION, ...OTHER_FUSIONS];
    const measured = await measure(index, corpora, fusions);
    const fused = fusions.map(
      ({ name }, at): Row => ({ name, chunks: index.count, measures: measured[at] ?? {} }),
    );
    const shipped: Row = { name: SHIPPED.name, chunks: index.count, measures: measured[0] ?? {} };
    const cut: Row[] = [shipped];
    for (const strategy of OTHERS) {
      const other = await indexChunks(tenant, corpora, strategy);
      const [measures = {}] = await measure(other, corpora, [SHIPPED_FUSION]);
      cut.push({ name: strategy.name, chunks: other.count, measures });
    }
    say(formatBlock("chunks", cut, shipped));
    say(formatBlock("fusion, over the shipped chunks", fused, shipped));
    say(`\nShipped: "${shipped.name}", fused "${SHIPPED_FUSION.name}".`);
  } finally {
    await tenant.close();
  }
}

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { sample: { type: "string", default: "8" } },
  });
  const [data, ...others] = positionals;
  const sample = Number(values.sample);
  if (!data || others.length > 0 || !Number.isInteger(sample) || sample < 1) throw new Error(USAGE);
  await main(data, sample);
} catch (error) {
  warn(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
