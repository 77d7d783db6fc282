import { z } from "zod";
import { QdrantError } from "./qdrant-error.ts";

/** What tests ask to go wrong with one collection's next requests. */
export const Fault = z.strictObject({
  kind: z.enum(["429", "500", "503", "hang", "cut"]),
  times: z.int().min(1).default(1),
  retry_after: z.int().min(0).optional(),
});

export type Fault = z.infer<typeof Fault>;

/** The connection ends within the answer. */
export class ConnectionCut extends Error {}

const MESSAGES = {
  "429": "Rate limiting exceeded: Write rate limit exceeded, retry later",
  "500": "Service internal error: injected",
  "503": "Shard temporarily unavailable: injected",
};

/** Fails or stalls a request while a fault is left; without one it passes. */
export async function suffer(fault: Fault | undefined): Promise<void> {
  if (!fault || fault.times <= 0) return;
  fault.times--;
  if (fault.kind === "hang") await new Promise(() => {});
  else if (fault.kind === "cut") throw new ConnectionCut();
  else throw new QdrantError(Number(fault.kind), MESSAGES[fault.kind], fault.retry_after ?? null);
}
