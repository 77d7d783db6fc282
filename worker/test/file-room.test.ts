import { expect, test, vi } from "vitest";
import { takeRoom } from "../ingest/file-room.ts";
import { deploy } from "./hand-turned.ts";
import { asOwner, type DocumentJson } from "./harness.ts";

const MIB = 2 ** 20;

test("a file that the isolate has no room for waits, and isn't blamed for it", async () => {
  const { tenantId, turn, finish, upload, json } = await deploy();
  const leaveRoom = takeRoom(50 * MIB);
  expect(takeRoom(50 * MIB)).toBe(null);
  const large = await upload("The lease ends in May.", "lease.md");
  // Only its row tells how large a file is before it is read.
  await asOwner()`update documents set size_bytes = ${50 * MIB} where id = ${large}`;
  const small = await upload("The deposit is two months' rent.", "deposit.md");
  await turn();
  await turn();
  const [job] = await asOwner()`select attempts, stuck_since, claimed_until, ready_at > now() as waits
    from ingest_jobs where document_id = ${large}`;
  expect(job).toEqual({ attempts: 0, stuck_since: null, claimed_until: null, waits: true });
  expect((await json<DocumentJson>("GET", `/documents/${small}`)).status).toBe("ready");
  leaveRoom?.();
  await asOwner()`update documents set size_bytes = 22 where id = ${large}`;
  await finish();
  expect((await json<DocumentJson>("GET", `/documents/${large}`)).status).toBe("ready");
  expect(await asOwner()`select 1 from ingest_jobs where tenant_id = ${tenantId}`).toEqual([]);
});

test("room that nobody gave back, as whoever is cut off doesn't, is free after five minutes", () => {
  takeRoom(50 * MIB);
  expect(takeRoom(50 * MIB)).toBe(null);
  vi.useFakeTimers({ now: Date.now() + 301_000, toFake: ["Date"] });
  try {
    const leaveRoom = takeRoom(50 * MIB);
    expect(leaveRoom).not.toBe(null);
    leaveRoom?.();
  } finally {
    vi.useRealTimers();
  }
});
