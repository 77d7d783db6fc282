import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { askModel, type FloorQuestion } from "./floor.ts";

// The least that a Node server must do: embed, ask the model, pass on what it writes.
const server = createServer(async (request, response) => {
  const parts: Buffer[] = [];
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
  const question: FloorQuestion = JSON.parse(Buffer.concat(parts).toString("utf8"));
  const answer = await askModel(question);
  response.writeHead(answer.status, { "content-type": "text/event-stream" });
  Readable.fromWeb(answer.body as ReadableStream).pipe(response);
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
process.on("message", () => process.exit());
process.on("disconnect", () => process.exit());
process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
