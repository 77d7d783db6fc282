import { expect, test, vi } from "vitest";
import { takeRoom } from "../ingest/file-room.ts";
import { deploy } from "./hand-turned.ts";
import { asOwner, type DocumentJson } from "./harness.ts";

const MIB = 2 ** 20;

test("a file that the isolate has no room for waits, and isn't blamed for it", async () => {
  const { tenantId, turn, finish, upload, json } = await deploy();
  const leaveRoom = takeRoom("one", 50 * MIB);
  expect(takeRoom("another", 50 * MIB)).toBe(null);
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
  atTimes(() => {
    takeRoom("cut off", 50 * MIB);
    expect(takeRoom("next", 50 * MIB)).toBe(null);
    vi.advanceTimersByTime(301_000);
    const leaveRoom = takeRoom("next", 50 * MIB);
    expect(leaveRoom).not.toBe(null);
    leaveRoom?.();
  });
});

test("small files pass a large one that has no room for a minute, and then leave it theirs", () => {
  atTimes(() => {
    const asked: boolean[] = [];
    let leaveRoom = takeRoom("small 0", 10 * MIB);
    for (let number = 1; number <= 14; number++) {
      const next = takeRoom(`small ${number}`, 10 * MIB);
      asked.push(next !== null);
      leaveRoom?.();
      leaveRoom = next;
      const large = takeRoom("large", 50 * MIB);
      if (large) {
        expect(takeRoom("another small one", 10 * MIB)).toBe(null);
        large();
        break;
      }
      vi.advanceTimersByTime(6_000);
    }
    expect(asked).toEqual([...Array(11).fill(true), false]);
    expect(takeRoom("small at last", 10 * MIB)).not.toBe(null);
  });
});

test("a large file that went elsewhere keeps nothing from the small ones", () => {
  atTimes(() => {
    const leaveRoom = takeRoom("small", 10 * MIB);
    for (let asked = 0; asked <= 12; asked++) {
      expect(takeRoom("large", 50 * MIB)).toBe(null);
      vi.advanceTimersByTime(6_000);
    }
    expect(takeRoom("too early", 10 * MIB)).toBe(null);
    vi.advanceTimersByTime(20_000);
    const next = takeRoom("in time", 10 * MIB);
    expect(next).not.toBe(null);
    next?.();
    leaveRoom?.();
  });
});

/** Hours after whatever another test left, whose room is long forgotten then. */
let later = Date.now();
function atTimes(run: () => void): void {
  later += 3_600_000;
  vi.useFakeTimers({ now: later, toFake: ["Date"] });
  try {
    run();
  } finally {
    vi.useRealTimers();
  }
}
