/** Where a request stands in a distributed trace (W3C Trace Context). Ids are lower-case hexadecimal. */
export type Trace = {
  traceId: string;
  /** This request's own; what it calls has it for a parent. */
  spanId: string;
  /** The caller's span; null where the trace begins here. */
  parentId: string | null;
  sampled: boolean;
};

/** Version, trace id, the caller's span id, flags; later versions may add what follows a dash. */
const TRACEPARENT = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;
const SAMPLED = 0x01;

/** The trace that a `traceparent` header goes on with; a new one where there is none, or none that is well-formed. */
export function readTrace(traceparent: string | undefined): Trace {
  const spanId = randomHex(8);
  const [, version, traceId = "", parentId = "", flags = "", rest] =
    TRACEPARENT.exec(traceparent ?? "") ?? [];
  const valid = traceId !== "" && version !== "ff" && !(version === "00" && rest !== undefined);
  if (!valid || /^0+$/.test(traceId) || /^0+$/.test(parentId)) {
    return { traceId: randomHex(16), spanId, parentId: null, sampled: true };
  }
  return { traceId, spanId, parentId, sampled: (Number.parseInt(flags, 16) & SAMPLED) === SAMPLED };
}

/** The header for calls made on behalf of a request. */
export function toTraceparent({ traceId, spanId, sampled }: Trace): string {
  return `00-${traceId}-${spanId}-${sampled ? "01" : "00"}`;
}

function randomHex(bytes: number): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}
