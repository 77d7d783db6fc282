import { expect, test } from "vitest";
import { readTrace, toTraceparent } from "./trace-context.ts";

const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
const CALLER = "00f067aa0ba902b7";

test("a caller's trace goes on under a span of its own", () => {
  const trace = readTrace(`00-${TRACE}-${CALLER}-01`);
  expect(trace).toEqual({ traceId: TRACE, spanId: trace.spanId, parentId: CALLER, sampled: true });
  expect(trace.spanId).toMatch(/^[0-9a-f]{16}$/);
  expect(trace.spanId).not.toBe(CALLER);
  expect(toTraceparent(trace)).toBe(`00-${TRACE}-${trace.spanId}-01`);
});

test("whether the caller samples is passed on, and no other flag", () => {
  expect(toTraceparent(readTrace(`00-${TRACE}-${CALLER}-00`))).toMatch(/-00$/);
  expect(toTraceparent(readTrace(`00-${TRACE}-${CALLER}-fe`))).toMatch(/-00$/);
  expect(toTraceparent(readTrace(`00-${TRACE}-${CALLER}-ff`))).toMatch(/-01$/);
});

test("a later version is read by what is known of it", () => {
  expect(readTrace(`cc-${TRACE}-${CALLER}-01-more`).traceId).toBe(TRACE);
});

test.each([
  undefined,
  "",
  "no trace",
  `ff-${TRACE}-${CALLER}-01`,
  `00-${TRACE}-${CALLER}-01-more`,
  `00-${TRACE}-${CALLER}`,
  `00-${TRACE.toUpperCase()}-${CALLER}-01`,
  `00-${"0".repeat(32)}-${CALLER}-01`,
  `00-${TRACE}-${"0".repeat(16)}-01`,
  `cc-${TRACE}-${CALLER}-01more`,
  `00-${TRACE}-${CALLER}-01\r\nx: y`,
])("%j begins a trace of our own", (header) => {
  const trace = readTrace(header);
  expect(trace.traceId).toMatch(/^[0-9a-f]{32}$/);
  expect(trace.traceId).not.toBe(TRACE);
  expect(trace.parentId).toBeNull();
  expect(readTrace(header).traceId).not.toBe(trace.traceId);
});
