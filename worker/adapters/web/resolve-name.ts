import * as z from "zod";
import { FetchFailure } from "../../ports/web.ts";

/** Milliseconds a resolver may take. */
const TIMEOUT_MS = 5_000;
/** Record types (RFC 1035, 3596). */
const TYPES = { A: 1, AAAA: 28 } as const;
/** Response codes: no error, no such name (RFC 1035 §4.1.1). */
const ANSWERED = [0, 3];

const Answer = z.object({
  Status: z.number(),
  Answer: z.array(z.object({ type: z.number(), data: z.string() })).optional(),
});

/**
 * Every address a name has, by DNS over HTTPS in JSON. Throws `FetchFailure` "name_not_found", or "unreachable" when
 * the resolver doesn't say.
 */
export async function resolveName(
  name: string,
  { resolverUrl, fetch }: { resolverUrl: string; fetch: typeof globalThis.fetch },
): Promise<string[]> {
  const asked = (["A", "AAAA"] as const).map((type) => ask(type));
  const addresses = (await Promise.all(asked)).flat();
  if (addresses.length === 0) throw new FetchFailure("name_not_found", `${name} has no address`);
  return addresses;

  async function ask(type: keyof typeof TYPES): Promise<string[]> {
    const url = new URL(resolverUrl);
    url.searchParams.set("name", name);
    url.searchParams.set("type", type);
    try {
      const response = await fetch(url.href, {
        headers: { Accept: "application/dns-json" },
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (!response.ok) throw new Error(`resolver answers ${response.status}`);
      const { Status, Answer: records = [] } = Answer.parse(await response.json());
      if (!ANSWERED.includes(Status)) throw new Error(`resolver says ${Status}`);
      return records.filter((record) => record.type === TYPES[type]).map((record) => record.data);
    } catch (cause) {
      throw new FetchFailure("unreachable", `no answer about ${name}: ${String(cause)}`, { cause });
    }
  }
}
