import { MODELS } from "./upstream-calls.ts";

/** `upstream` is the model server's address, ending in `/v1`. */
export type FloorQuestion = { question: string; upstream: string };

/** What no answering server can leave out: the embedding, then the model; its stream as it comes. */
export async function askModel({ question, upstream }: FloorQuestion): Promise<Response> {
  const embedded = await call(upstream, "embeddings", { model: MODELS.embedding, input: question });
  await embedded.json();
  return call(upstream, "chat/completions", {
    model: MODELS.answer,
    messages: [{ role: "user", content: question }],
    stream: true,
  });
}

function call(upstream: string, path: string, body: object): Promise<Response> {
  return fetch(`${upstream}/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}
