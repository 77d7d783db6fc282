import { request } from "node:http";
import type { LocalPostgres } from "../../dev/postgres/start.ts";
import type { RunStatement } from "../../dev/vector-index.ts";

/** Runs single statements as the tables' owner, however long they take: `fetch` would give up after five minutes. */
export function asOwner(postgres: LocalPostgres): RunStatement {
  return async (query, params = []) => {
    const { rows } = (await send(postgres, { query, params })) as { rows: Record<string, unknown>[] };
    return rows;
  };
}

/** The same for several statements as one transaction. */
export async function transactAsOwner(postgres: LocalPostgres, statements: string[]): Promise<void> {
  await send(postgres, { queries: statements.map((query) => ({ query, params: [] })) });
}

function send(postgres: LocalPostgres, body: object): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const headers = {
      "content-type": "application/json",
      "neon-connection-string": postgres.url("postgres"),
    };
    const sent = request(postgres.fetchEndpoint, { method: "POST", headers });
    sent.on("error", reject);
    sent.on("response", (response) => {
      response.setEncoding("utf8");
      let text = "";
      response.on("data", (part: string) => {
        text += part;
      });
      response.on("error", reject);
      response.on("end", () => {
        const answer = JSON.parse(text) as { message?: string };
        if (response.statusCode === 200) resolve(answer);
        else reject(new Error(answer.message));
      });
    });
    sent.end(JSON.stringify(body));
  });
}
