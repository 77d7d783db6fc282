import { expect, test, vi } from "vitest";
import { createHeartbeat } from "./event-stream.ts";

test("silence is told every fifteen seconds of it, and again, until what is waited for comes", async () => {
  vi.useFakeTimers();
  const heartbeat = createHeartbeat();
  try {
    const later = new Promise<string>((resolve) => setTimeout(() => resolve("event"), 40_000));
    const first = heartbeat.during(later);
    await vi.advanceTimersByTimeAsync(14_999);
    expect(await Promise.race([first, "waiting"])).toBe("waiting");
    await vi.advanceTimersByTimeAsync(1);
    expect(await first).toBe("silence");
    const second = heartbeat.during(later);
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await second).toBe("silence");
    const third = heartbeat.during(later);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await third).toBe("event");
  } finally {
    heartbeat.stop();
    vi.useRealTimers();
  }
});

test("events that keep coming are no silence, however long they go on", async () => {
  vi.useFakeTimers();
  const heartbeat = createHeartbeat();
  try {
    for (let second = 0; second < 60; second += 10) {
      const next = heartbeat.during(
        new Promise<number>((resolve) => setTimeout(() => resolve(second), 10_000)),
      );
      await vi.advanceTimersByTimeAsync(10_000);
      expect(await next).toBe(second);
    }
  } finally {
    heartbeat.stop();
    vi.useRealTimers();
  }
});
